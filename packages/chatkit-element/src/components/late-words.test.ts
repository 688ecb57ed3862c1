import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { en } from '../locales/en';
import * as locales from '../locales/locales';
import { Words } from './words';

vi.mock('../locales/locales');
const stringsFor = vi.mocked(locales.stringsFor);
const whenWorded = vi.mocked(locales.whenWorded);

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('[row 132] words are waited for at the start, but not for long', async () => {
  stringsFor.mockReturnValue(null);
  whenWorded.mockReturnValue(new Promise(() => {}));
  const changed = vi.fn();
  const words = new Words(changed);
  expect(words.for('de')).toBeNull();
  await vi.advanceTimersByTimeAsync(399);
  expect(words.for('de')).toBeNull();
  expect(changed).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(changed).toHaveBeenCalledOnce();
  expect(words.for('de')).toBe(en);
  const de = { ...en, language: 'de' };
  stringsFor.mockReturnValue(de);
  expect(words.for('de')).toBe(de);
  // What is on screen stays until another language is there.
  stringsFor.mockReturnValue(null);
  expect(words.for('ar')).toBe(de);
});

it('[row 132] English shows at once when the words cannot be had', async () => {
  stringsFor.mockReturnValue(null);
  whenWorded.mockResolvedValue();
  const words = new Words(() => {});
  expect(words.for('ar')).toBeNull();
  await words.ready('ar');
  expect(words.for('ar')).toBe(en);
});
