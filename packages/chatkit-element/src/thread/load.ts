import { readItem, type ThreadItem } from '../protocol/items';
import { getThread, listItems } from '../protocol/requests';
import { type Page, readPage, readThread, readThreadItems, type Thread } from '../protocol/threads';
import { ApiError, type ChatKitClient } from '../transport/client';

const PAGE_SIZE = 30;

export interface LoadedThread {
  thread: Thread;
  newest: Page<ThreadItem>;
  /** The run that goes on in the thread, of a server that knows runs. */
  runId: string | null;
}

/**
 * The thread and its newest items, oldest first. A server may open a long thread at either end: if
 * its cursor is the first item it sent, what is missing comes before that, and these are the newest.
 * Otherwise they are the oldest, and the newest are asked for.
 */
export async function fetchNewest(
  client: ChatKitClient,
  threadId: string,
  signal: AbortSignal,
): Promise<LoadedThread> {
  const { value, runId } = await client.askForRun(getThread(threadId), signal);
  const thread = readThread(value);
  if (!thread) throw new ApiError(200, 'invalid_reply', '');
  const opening = readThreadItems(value);
  if (!opening.has_more || pointsBack(opening)) return { thread, newest: opening, runId };
  return { thread, newest: await fetchPage(client, threadId, undefined, signal), runId };
}

function pointsBack({ data, after }: Page<ThreadItem>): boolean {
  return data.length > 1 && data[0]?.id === after;
}

/** The page of items before `after`, oldest first. */
export function fetchOlder(
  client: ChatKitClient,
  threadId: string,
  after: string | undefined,
  signal: AbortSignal,
): Promise<Page<ThreadItem>> {
  return fetchPage(client, threadId, after, signal);
}

async function fetchPage(
  client: ChatKitClient,
  threadId: string,
  after: string | undefined,
  signal: AbortSignal,
): Promise<Page<ThreadItem>> {
  const query = { limit: PAGE_SIZE, ...(after === undefined ? {} : { after }) };
  const page = readPage(await client.ask(listItems(threadId, query), signal), readItem);
  const next = page.after ?? page.data.at(-1)?.id;
  // Without a cursor there is no way on: the same page would come again and again.
  const hasMore = page.has_more && next !== undefined && next !== after;
  return { data: page.data.toReversed(), has_more: hasMore, after: next };
}
