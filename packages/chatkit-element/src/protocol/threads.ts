import { readItem, type ThreadItem } from './items';
import { isObject, readList, readText } from './json';

/** A thread without its items. */
export interface Thread {
  id: string;
  title?: string;
  created_at: string;
  status: ThreadStatus;
  /** Domains whose images may be shown; null when the server has named none, not even an empty list. */
  allowed_image_domains: string[] | null;
}

export interface ThreadStatus {
  type: 'active' | 'locked' | 'closed';
  reason?: string;
}

export interface Page<T> {
  data: T[];
  has_more: boolean;
  after?: string;
}

export const NO_ITEMS: Page<ThreadItem> = { data: [], has_more: false };

export function readThread(value: unknown): Thread | null {
  if (!isObject(value)) return null;
  const id = readText(value.id);
  if (!id) return null;
  return {
    id,
    title: readText(value.title),
    created_at: readText(value.created_at) ?? '',
    status: readStatus(value.status),
    allowed_image_domains: Array.isArray(value.allowed_image_domains)
      ? readList(value.allowed_image_domains, (domain) => readText(domain) ?? null)
      : null,
  };
}

export function readThreadItems(value: unknown): Page<ThreadItem> {
  return isObject(value) ? readPage(value.items, readItem) : NO_ITEMS;
}

export function readPage<T>(value: unknown, read: (entry: unknown) => T | null): Page<T> {
  if (!isObject(value)) return { data: [], has_more: false };
  return {
    data: readList(value.data, read),
    has_more: value.has_more === true,
    after: readText(value.after),
  };
}

function readStatus(value: unknown): ThreadStatus {
  if (!isObject(value) || (value.type !== 'locked' && value.type !== 'closed')) {
    return { type: 'active' };
  }
  return { type: value.type, reason: readText(value.reason) };
}
