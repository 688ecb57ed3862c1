import { expect, test } from 'vitest';
import { plainWords } from './plain-words';

test('marks are left out and words kept', () => {
  expect(plainWords('You spent **$499.12** on _Groceries_.\n\n*from 11 transactions*')).toBe(
    'You spent $499.12 on Groceries. from 11 transactions',
  );
});

test('a table is read row by row, without the line that aligns it', () => {
  const table = '| Category | Spent |\n| :--- | ---: |\n| Rent | $1,650.00 |\n| Gifts | −$2.00 |';
  expect(plainWords(table)).toBe('Category, Spent. Rent, $1,650.00. Gifts, −$2.00.');
});

test('list items, code and links keep their words', () => {
  expect(plainWords('1. one\n2. two [three](https://a.example)\n\n`four`')).toBe(
    'one two three four',
  );
});

test('escapes and references are read as what they mean', () => {
  expect(plainWords('SQ \\*BLUBTTL &amp; Co')).toBe('SQ *BLUBTTL & Co');
});

test('markup stays text', () => {
  expect(plainWords('<b>bold</b> words')).toBe('<b>bold</b> words');
});
