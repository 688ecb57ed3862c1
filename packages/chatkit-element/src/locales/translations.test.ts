import { expect, it } from 'vitest';
import { ar } from '../parts/locale-ar';
import { de } from '../parts/locale-de';
import { en } from './en';
import { enInput } from './en-input';
import { enUpload } from './en-upload';
import type { Translation } from './translation';

const english: Translation = { ...en, input: enInput, upload: enUpload };
const SAME = ['frameTitle', 'headerAction', 'failedOf', 'audio', 'videos', 'texts', 'quoted'];

/** Every word by its path; what a function says of a few of what it may be given. */
function words(of: object, path = ''): Array<[string, string]> {
  return Object.entries(of).flatMap(([key, value]): Array<[string, string]> => {
    const place = path ? `${path}.${key}` : key;
    if (typeof value === 'string') return [[place, value]];
    if (typeof value === 'function') return [[place, String(value(3, 7, 2))]];
    return words(value ?? {}, place);
  });
}

it.each([
  ['de', de],
  ['ar', ar],
])('[row 132] %s says all in its own language', (_, translation) => {
  const own = new Map(words(translation));
  const expected = words(english);
  expect([...own.keys()].sort()).toEqual(expected.map(([place]) => place).sort());
  const kept = expected.filter(([place, word]) => own.get(place) === word).map(([place]) => place);
  expect(kept.filter((place) => !SAME.includes(place.split('.').at(-1) ?? ''))).toEqual([]);
});

it('[row 132] counts in the forms of the language', () => {
  expect([1, 2, 5].map((count) => de.sources(count))).toEqual([
    '1 Quelle',
    '2 Quellen',
    '5 Quellen',
  ]);
  expect([1, 2, 3, 11, 100].map((count) => ar.sources(count))).toEqual([
    'مصدر واحد',
    'مصدران',
    '3 مصادر',
    '11 مصدرًا',
    '100 مصدر',
  ]);
  expect(ar.thoughtFor(62)).toBe('فكّر لمدة دقيقة واحدة وثانيتين');
  expect(de.thoughtFor(75)).toBe('1 min 15 s nachgedacht');
});
