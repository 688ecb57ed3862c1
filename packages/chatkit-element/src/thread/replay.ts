import type { ThreadStreamEvent } from '../protocol/events';
import type { Entry } from './state';

/**
 * Items that were on screen in full when their run was read again from its start. `again`: the
 * beginning of the item has come again, and what follows up to its end is known already.
 */
export type Replay = ReadonlyMap<string, 'known' | 'again'>;

export const NO_REPLAY: Replay = new Map();

export function startReplay(entries: readonly Entry[]): Replay {
  const known = entries.filter(({ status }) => status === 'done');
  return new Map(known.map(({ item }) => [item.id, 'known']));
}

/** Whether the event tells what is on screen already, and what is left to be told again. */
export function replayed(
  replay: Replay,
  event: ThreadStreamEvent,
): { known: boolean; left: Replay } {
  const id = 'item' in event ? event.item.id : 'item_id' in event ? event.item_id : '';
  const step = replay.get(id);
  if (!step) return { known: false, left: replay };
  if (event.type === 'thread.item.updated') return { known: step === 'again', left: replay };
  const left = new Map(replay);
  if (event.type === 'thread.item.added') left.set(id, 'again');
  else left.delete(id);
  return { known: event.type === 'thread.item.added', left };
}
