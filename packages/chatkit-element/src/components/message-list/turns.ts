import type { ThreadItem } from '../../protocol/items';
import { dayOf, startOfDay } from '../../protocol/timestamps';
import { type Entry, messageText } from '../../thread/state';

/** A question and everything said in answer to it. */
export interface Turn {
  key: string;
  /** Stays the same when an earlier page brings the beginning of the turn. */
  place: string;
  rows: Row[];
  /** Its message never got through. */
  unsent: boolean;
}

/** What stands in a turn, from top to bottom. */
export type Row =
  | { type: 'day'; key: string; day: Date }
  | { type: 'entry'; key: string; entry: Entry }
  /** `ended`: whatever comes, it belongs to another turn of the assistant. */
  | { type: 'actions'; key: string; said: Entry[]; ended: boolean };

/** Items that were the first on screen in the middle of their turn. */
const cutOff = new WeakSet<ThreadItem>();

interface Grouped {
  entries: readonly Entry[];
  today: number;
  turns: Turn[];
}

/**
 * By the last entry. Who scrolls through a long thread has it drawn often while nothing in it
 * changes, or only an earlier page comes: to make all turns anew for each would fill the memory with
 * what is thrown away at the next.
 */
const grouped = new WeakMap<Entry, Grouped>();

/**
 * A turn begins with a message of the user. What the assistant says until it ends its turn, or the
 * user speaks again, is one whole: its actions stand under it. Days are named where they begin,
 * today's only after another.
 */
export function groupTurns(entries: readonly Entry[], now: Date): Turn[] {
  const today = startOfDay(now).getTime();
  const last = entries.at(-1);
  if (!last) return [];
  const before = grouped.get(last);
  const known = before?.today === today ? before : undefined;
  if (known?.entries === entries) return known.turns;
  const turns = (known && withEarlier(known, entries)) ?? group(entries, today);
  grouped.set(last, { entries, today, turns });
  return turns;
}

/** The turns from before, and what came above them; nothing when anything else has changed. */
function withEarlier({ entries: old, today, turns }: Grouped, entries: readonly Entry[]) {
  const added = entries.length - old.length;
  if (added < 0 || old.some((entry, index) => entry !== entries[added + index])) return null;
  // What came may begin the first turn, and decides which days are named up to the next dated word.
  const dated = turns.findIndex(({ rows }) => entriesIn(rows).some(({ item }) => dayOf(item)));
  if (dated < 0) return null;
  const again = turns.slice(0, dated + 1).flatMap(({ rows }) => entriesIn(rows)).length;
  return [...group(entries.slice(0, added + again), today), ...turns.slice(dated + 1)];
}

function entriesIn(rows: Row[]): Entry[] {
  return rows.flatMap((row) => (row.type === 'entry' ? [row.entry] : []));
}

function group(entries: readonly Entry[], today: number): Turn[] {
  const turns: Turn[] = [];
  let day = today;
  let said: Entry[] = [];
  const endSaid = (ended: boolean) => {
    const key = said[0]?.key;
    if (key !== undefined && said.some(isVisible))
      turns.at(-1)?.rows.push({ type: 'actions', key: `${key} actions`, said, ended });
    said = [];
  };
  const first = entries[0]?.item;
  if (first && first.type !== 'user_message') cutOff.add(first);
  for (const entry of entries) {
    const { item, key } = entry;
    const isQuestion = item.type === 'user_message';
    // What was asked back is the user's word: it is no part of what the assistant said.
    const isAsked = item.type === 'structured_input';
    if (isQuestion || isAsked) endSaid(isAsked);
    if (isQuestion || turns.length === 0)
      turns.push({ key, place: key, rows: [], unsent: entry.status === 'unsent' });
    const turn = turns.at(-1) as Turn;
    const { rows } = turn;
    if (cutOff.has(item)) turn.place = key;
    const itsDay = dayOf(item);
    if (itsDay && itsDay.getTime() !== day) {
      rows.push({ type: 'day', key: `${key} day`, day: itsDay });
      day = itsDay.getTime();
    }
    rows.push({ type: 'entry', key, entry });
    if (item.type === 'end_of_turn') endSaid(true);
    else if (!isQuestion && !isAsked) said.push(entry);
  }
  endSaid(false);
  return turns;
}

/** What a copy of the turn says. */
export function textOf(said: Entry[]): string {
  return said
    .map(({ item }) => messageText(item))
    .filter(Boolean)
    .join('\n\n');
}

function isVisible({ item }: Entry): boolean {
  return !INVISIBLE.has(item.type);
}

const INVISIBLE: ReadonlySet<ThreadItem['type']> = new Set(['client_tool_call', 'end_of_turn']);
