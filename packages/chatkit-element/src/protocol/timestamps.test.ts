import { afterEach, expect, it } from 'vitest';
import { dayOf, readTimestamp } from './timestamps';

const zone = process.env.TZ;
afterEach(() => {
  if (zone === undefined) delete process.env.TZ;
  else process.env.TZ = zone;
});

it.each([
  ['America/New_York', '2026-11-22T11:41:16.120Z'],
  ['Asia/Tokyo', '2026-11-21T21:41:16.120Z'],
  ['UTC', '2026-11-22T06:41:16.120Z'],
])('[row 104] a time without an offset is local time: in %s', (name, instant) => {
  process.env.TZ = name;
  expect(readTimestamp('2026-11-22T06:41:16.120756')?.toISOString()).toBe(instant);
});

it.each(['America/New_York', 'Asia/Tokyo'])('[row 104] an offset is what counts: in %s', (name) => {
  process.env.TZ = name;
  for (const text of [
    '2026-11-22T06:41:16Z',
    '2026-11-22T08:41:16+02:00',
    '2026-11-22T08:41:16+0200',
  ])
    expect(readTimestamp(text)?.toISOString()).toBe('2026-11-22T06:41:16.000Z');
});

it('[row 104] a date is that day here, and what is no time is none', () => {
  process.env.TZ = 'America/New_York';
  expect(readTimestamp('2026-11-22')?.getDate()).toBe(22);
  for (const text of ['', 'soon', '2026-13-45']) expect(readTimestamp(text)).toBeNull();
});

it('the day of an item is that of the reader', () => {
  process.env.TZ = 'America/New_York';
  const item = { created_at: '2026-11-22T03:00:00Z' };
  expect(dayOf(item)).toEqual(new Date(2026, 10, 21));
  expect(dayOf(item)).toBe(dayOf(item));
  expect(dayOf({ created_at: '' })).toBeNull();
});
