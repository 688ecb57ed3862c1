import { integer, list, record, text } from './decode';
import { request } from './request';

/** A node of the user's own tree, and what its rows count as. */
export type Category = { id: number; name: string; kind: string };

const categories = record<{ categories: Category[] }>({
  categories: list(record<Category>({ id: integer, name: text, kind: text })),
});

export async function fetchCategories(signal?: AbortSignal): Promise<Category[]> {
  const answer = await request('GET', '/categories/', categories, signal ? { signal } : {});
  return answer.categories;
}
