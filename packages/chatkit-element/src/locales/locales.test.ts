import { expect, it } from 'vitest';
import { readTimestamp } from '../protocol/timestamps';
import { en } from './en';
import { chooseLocale, relativeDate, stringsFor } from './locales';

it('the option wins over the browser, and any locale has words', () => {
  expect(chooseLocale('de-DE')).toBe('de-DE');
  expect(chooseLocale(undefined)).toBe(navigator.language);
  expect(stringsFor('xx-YY')).toBe(en);
});

it.each([
  ['2026-11-22T06:41:16.120756', '2026-11-22T06:41:16.120Z'],
  ['2026-11-22T06:41:16Z', '2026-11-22T06:41:16.000Z'],
  ['2026-11-22T06:41:16+02:00', '2026-11-22T04:41:16.000Z'],
])('%s is %s', (text, expected) => {
  expect(readTimestamp(text)?.toISOString()).toBe(expected);
});

it.each(['', 'soon', 'T'])('%j is no time', (text) => {
  expect(readTimestamp(text)).toBeNull();
});

it.each([
  [new Date(2026, 10, 22, 11, 59, 40), 'now'],
  [new Date(2026, 10, 22, 11, 18), '42 minutes ago'],
  [new Date(2026, 10, 22, 3, 0), '9 hours ago'],
  [new Date(2026, 10, 21, 23, 59), 'yesterday'],
  [new Date(2026, 10, 16, 9, 0), '6 days ago'],
  [new Date(2026, 10, 15, 9, 0), 'Nov 15'],
  [new Date(2025, 10, 22, 9, 0), 'Nov 22, 2025'],
])('a chat of %s is from “%s”', (date, words) => {
  expect(relativeDate(date, new Date(2026, 10, 22, 12, 0), 'en-US')).toBe(words);
});

it('a malformed locale does not break the list', () => {
  const now = new Date(2026, 10, 22, 12, 0);
  expect(relativeDate(new Date(2026, 10, 21, 12, 0), now, 'not a locale')).toBe('yesterday');
});
