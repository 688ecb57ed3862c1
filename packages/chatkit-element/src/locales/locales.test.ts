import { expect, it, vi } from 'vitest';
import { readTimestamp } from '../protocol/timestamps';
import { en } from './en';
import { chooseLocale, localeOfWords, relativeDate, stringsFor, whenWorded } from './locales';

const nothing = () => {};

it('[row 132] the option wins over the browser, and any locale has words', () => {
  expect(chooseLocale('de-DE')).toBe('de-DE');
  expect(chooseLocale(undefined)).toBe(navigator.language);
  for (const locale of ['xx-YY', 'en_GB', 'constructor', 'not a locale', '-'])
    expect(stringsFor(locale, nothing)).toBe(en);
});

it('[row 132] the words of a language come when it is asked for', async () => {
  const arrived = vi.fn();
  expect(stringsFor('de_CH', arrived)).toBeNull();
  await vi.waitFor(() => expect(arrived).toHaveBeenCalledOnce());
  expect(stringsFor('de', nothing)?.language).toBe('de');
  await whenWorded('ar-EG');
  expect(stringsFor('ar', nothing)?.language).toBe('ar');
});

it('[row 132] dates and numbers speak the language of the words', () => {
  expect(localeOfWords('en-GB', en)).toBe('en-GB');
  expect(localeOfWords('fr-CA', en)).toBe('en');
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
