import { expect, it } from 'vitest';
import { clock, spaced } from './words';

it.each([
  ['', 'so'],
  ['say ', 'so'],
  ['say\n', 'so'],
  ['(', 'so'],
  ['say', ' so'],
  ['say.', ' so'],
  ['\ufffc', ' so'],
  ['話', 'so'],
])('[row 111] after “%s” it is inserted as “%s”', (before, expected) => {
  expect(spaced('so', before)).toBe(expected);
});

it.each([
  [0, '0:00'],
  [59.9, '0:59'],
  [300, '5:00'],
])('%d s are %s', (seconds, expected) => {
  expect(clock(seconds)).toBe(expected);
});
