import { expect, it } from 'vitest';
import { readItem, type ThreadItem } from '../../protocol/items';
import { answerItem, userItem } from '../../testing/wire';
import type { Entry } from '../../thread/state';
import { groupTurns } from './turns';

const NOW = new Date(2026, 10, 25, 18, 0);

function entry(item: object, day: number, hour = 12): Entry {
  const at = new Date(2026, 10, day, hour).toISOString();
  const read = readItem({ ...item, created_at: at }) as ThreadItem;
  return { key: read.id, item: read, status: 'done' };
}

/** The rows of all turns: a day by its number, actions by what they are about. */
function shown(...entries: Entry[]): string[][] {
  return groupTurns(entries, NOW).map(({ rows }) =>
    rows.map((row) => {
      if (row.type === 'day') return `day ${row.day.getDate()}`;
      return row.type === 'entry' ? row.key : `actions of ${row.said.map(({ key }) => key)}`;
    }),
  );
}

it('names each day where it begins, and today only after another', () => {
  expect(shown(entry(userItem('q', ''), 25), entry(answerItem('a', ''), 25))).toEqual([
    ['q', 'a', 'actions of a'],
  ]);
  expect(
    shown(
      entry(userItem('q1', ''), 23, 23),
      entry(answerItem('a1', ''), 23, 23),
      entry(userItem('q2', ''), 23, 23),
      entry(answerItem('a2', ''), 24, 0),
      entry(userItem('q3', ''), 25),
    ),
  ).toEqual([
    ['day 23', 'q1', 'a1', 'actions of a1'],
    ['q2', 'day 24', 'a2', 'actions of a2'],
    ['day 25', 'q3'],
  ]);
});

it('[row 33] an earlier page leaves the turns under it as they were', () => {
  const older = [entry(userItem('q1', ''), 23)];
  const newer = [
    entry(answerItem('a1', ''), 23),
    entry(userItem('q2', ''), 23),
    entry(answerItem('a2', ''), 24),
  ];
  expect(shown(...newer)).toEqual([
    ['day 23', 'a1', 'actions of a1'],
    ['q2', 'day 24', 'a2', 'actions of a2'],
  ]);
  const second = groupTurns(newer, NOW)[1];
  expect(shown(...older, ...newer)).toEqual([
    ['day 23', 'q1', 'a1', 'actions of a1'],
    ['q2', 'day 24', 'a2', 'actions of a2'],
  ]);
  const turns = groupTurns([...older, ...newer], NOW);
  expect(turns.map(({ place }) => place)).toEqual(['a1', 'q2']);
  expect(turns[1]).toBe(second);
  // What changed meanwhile is another entry.
  const changed = { ...entry(answerItem('a0', ''), 22) };
  expect(shown(older[0] as Entry, changed, ...newer.slice(1))).toEqual([
    ['day 23', 'q1', 'day 22', 'a0', 'actions of a0'],
    ['day 23', 'q2', 'day 24', 'a2', 'actions of a2'],
  ]);
});

it('[row 33] of days no word of the first turn says only what came above is asked', () => {
  const undated = { ...entry(answerItem('a1', ''), 23) };
  const item = { ...undated.item, created_at: '' } as ThreadItem;
  const newer = [{ ...undated, item }, entry(userItem('q2', ''), 23)];
  expect(shown(...newer)).toEqual([
    ['a1', 'actions of a1'],
    ['day 23', 'q2'],
  ]);
  expect(shown(entry(userItem('q1', ''), 23), ...newer)).toEqual([
    ['day 23', 'q1', 'a1', 'actions of a1'],
    ['q2'],
  ]);
});

it('[row 99] a message that waits under an answer does not end it', () => {
  const waiting: Entry = { ...entry(userItem('w', ''), 25), status: 'unsent' };
  const turns = groupTurns(
    [entry(userItem('q', ''), 25), entry(answerItem('a', ''), 25), waiting],
    NOW,
  );
  expect(turns[0]?.rows.at(-1)).toMatchObject({ type: 'actions', ended: false });
  const ended = readItem({ id: 'e', type: 'end_of_turn' }) as ThreadItem;
  const [turn] = groupTurns(
    [entry(answerItem('a', ''), 25), { key: 'e', item: ended, status: 'done' }],
    NOW,
  );
  expect(turn?.rows.at(-1)).toMatchObject({ type: 'actions', ended: true });
});

it('an item without a time is of the day it stands in', () => {
  const untimed = readItem({ ...answerItem('a', ''), created_at: undefined }) as ThreadItem;
  expect(shown(entry(userItem('q', ''), 24), { key: 'a', item: untimed, status: 'done' })).toEqual([
    ['day 24', 'q', 'a', 'actions of a'],
  ]);
});

it('what the assistant says before anybody asked is a turn, too', () => {
  expect(shown(entry(answerItem('a', ''), 25), entry(userItem('q', ''), 25))).toEqual([
    ['a', 'actions of a'],
    ['q'],
  ]);
});
