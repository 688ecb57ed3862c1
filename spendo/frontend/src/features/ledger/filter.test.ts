// @vitest-environment node
import { describe, expect, it } from 'vitest';
import {
  dayAfter,
  filterOf,
  isFiltered,
  joinValues,
  lastDay,
  splitValues,
  withFilter,
} from './filter';

describe('the filter of an address', () => {
  it('has one order and nothing but what names rows', () => {
    const address = new URLSearchParams('sort=largest&utm=x&to=2026-11-01&from=2026-10-01&min=');
    expect(filterOf(address).toString()).toBe('from=2026-10-01&to=2026-11-01&sort=largest');
  });

  it('is one as soon as anything but the order is asked for', () => {
    expect(isFiltered(filterOf(new URLSearchParams('sort=largest')))).toBe(false);
    expect(isFiltered(filterOf(new URLSearchParams('text=coffee')))).toBe(true);
  });

  it('loses a value that is emptied', () => {
    const filter = filterOf(new URLSearchParams('text=a&account=3'));
    expect(withFilter(filter, 'text', '').toString()).toBe('account=3');
    expect(withFilter(filter, 'text', 'b').toString()).toBe('account=3&text=b');
  });

  it.each([[['Costco', 'Fish, Chips & Co']], [['a\\b', 'c']], [['one']]])(
    'joins and splits %j',
    (values) => {
      expect(splitValues(joinValues(values))).toEqual(values);
    },
  );

  it('turns the day after the last one into the last one, over months and leap days', () => {
    expect(lastDay('2026-11-01')).toBe('2026-10-31');
    expect(lastDay('2024-03-01')).toBe('2024-02-29');
    expect(dayAfter('2024-02-29')).toBe('2024-03-01');
    expect(lastDay('2026-13-01')).toBeNull();
    expect(lastDay(null)).toBeNull();
    expect(dayAfter('')).toBeNull();
  });
});
