import { expect, it } from 'vitest';
import { NEAR, runsAround, turnAt } from './turn-window';

/** Each run as `from-to`, what is not drawn in brackets. */
const shown = (count: number, centre: number, kept: number[] = []) =>
  runsAround(count, centre, kept)
    .map(({ from, to, drawn }) => (drawn ? `${from}-${to}` : `(${from}-${to})`))
    .join(' ');

it('[row 33] draws the turns around the one that is read, and the last', () => {
  expect(NEAR).toBe(80);
  expect(shown(100, 50)).toBe('0-100');
  expect(shown(1000, 999)).toBe('(0-919) 919-1000');
  expect(shown(1000, 0)).toBe('0-81 (81-999) 999-1000');
  expect(shown(1000, 500)).toBe('(0-420) 420-581 (581-999) 999-1000');
  // Up to the last but one: nothing is between.
  expect(shown(1000, 918)).toBe('(0-838) 838-1000');
  expect(shown(0, -1)).toBe('');
});

it('[row 33] leaves where it is what the reader has in hand', () => {
  expect(shown(1000, 500, [10, 11, 450])).toBe('(0-10) 10-12 (12-420) 420-581 (581-999) 999-1000');
  expect(shown(1000, 500, [999, 581, 0])).toBe('0-1 (1-420) 420-582 (582-999) 999-1000');
});

it('[row 33] covers every turn once, whatever is kept', () => {
  for (const centre of [0, 79, 81, 200, 399]) {
    const runs = runsAround(400, centre, [3, 3, 390, 120]);
    expect(runs.flatMap(({ from, to }) => [from, to])).toEqual([
      0,
      ...runs.slice(1).flatMap(({ from }) => [from, from]),
      400,
    ]);
  }
});

it('finds the turn at a distance by what each is high', () => {
  expect([0, 99, 100, 149, 150, 1000].map((at) => turnAt([100, 50, 25], at))).toEqual([
    0, 0, 1, 1, 2, 2,
  ]);
});
