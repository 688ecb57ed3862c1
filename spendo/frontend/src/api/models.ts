import { flag, list, record, text } from './decode';
import { request } from './request';

/** A model that may answer in the chat. */
export type ChatModel = { id: string; label: string; description: string; default: boolean };

const offered = record<{ data: ChatModel[] }>({
  data: list(record<ChatModel>({ id: text, label: text, description: text, default: flag })),
});

/** The models to pick from, the default first; a single one leaves nothing to pick. */
export async function fetchModels(signal?: AbortSignal): Promise<ChatModel[]> {
  const { data } = await request('GET', '/chatkit/models/', offered, { signal });
  return data;
}
