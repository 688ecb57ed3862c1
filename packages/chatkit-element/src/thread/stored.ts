import type { RunReset } from '../protocol/events';
import type { ThreadItem } from '../protocol/items';
import type { Page, Thread } from '../protocol/threads';
import { NO_REPLAY } from './replay';
import { type ChatState, type Entry, NO_OLDER, type OlderItems } from './state';

/** What the server has stored, put in place of what is on screen. */

export function doneEntry(item: ThreadItem): Entry {
  return { key: item.id, item, status: 'done' };
}

export function olderThan(page: Page<ThreadItem>): OlderItems {
  return page.has_more ? { hasMore: true, after: page.after, status: 'idle' } : NO_OLDER;
}

export function prepend(entries: readonly Entry[], older: ThreadItem[]): Entry[] {
  const fresh = new Set(older.map(({ id }) => id));
  for (const { item } of entries) fresh.delete(item.id);
  return [...older.filter(({ id }) => fresh.has(id)).map(doneEntry), ...entries];
}

/** Where the messages begin that stand at the end because they never got through. */
export function unsentFrom(entries: readonly Entry[]): number {
  return entries.findLastIndex(({ status }) => status !== 'unsent') + 1;
}

/** Messages that never got through stay, with the way to send them. */
export function refresh(state: ChatState, thread: Thread, newest: Page<ThreadItem>): ChatState {
  if (state.thread?.id !== thread.id) return state;
  const fresh = newest.data.map((item) => freshEntry(state.entries, item));
  const overlap = state.entries.findIndex((entry) => entry.item.id === newest.data[0]?.id);
  const kept = overlap > 0 && newest.has_more ? state.entries.slice(0, overlap) : [];
  const unsent = state.entries.slice(unsentFrom(state.entries));
  return {
    ...state,
    thread,
    entries: [...kept, ...fresh, ...unsent],
    older: kept.length > 0 ? state.older : olderThan(newest),
    failure: unsent.length > 0 && state.failure?.remedy === 'resend' ? state.failure : null,
  };
}

/** An entry that is as the server has it stays the same object, so nothing of it is drawn again. */
function freshEntry(entries: readonly Entry[], item: ThreadItem): Entry {
  const shown = entries.find((entry) => entry.item.id === item.id);
  if (!shown) return doneEntry(item);
  const same = shown.status === 'done' && JSON.stringify(shown.item) === JSON.stringify(item);
  return same ? shown : { key: shown.key, item, status: 'done' };
}

/** The run's log began too late. A message it answers is stored: our copy of it has to go. */
export function reset(state: ChatState, { thread, newest }: RunReset): ChatState {
  if (state.thread && state.thread.id !== thread.id) return state;
  const sending = state.entries.find(({ status }) => status === 'sending');
  const known = new Set(state.entries.map(({ item }) => item.id));
  const after = refresh({ ...state, thread }, thread, newest);
  const confirmed = after.entries.findLast(({ item }) => item.type === 'user_message');
  const ours = sending && confirmed && !known.has(confirmed.item.id);
  const entries = after.entries.map((entry) =>
    ours && entry === confirmed ? { ...entry, key: sending.key } : entry,
  );
  return { ...after, entries, progress: null, replay: NO_REPLAY };
}
