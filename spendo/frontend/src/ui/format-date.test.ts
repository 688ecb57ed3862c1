// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { formatDay, formatFullDay, today } from './format-date';

describe('formatDay', () => {
  const now = '2026-11-22';

  it('names the days around today', () => {
    expect(formatDay('2026-11-22', now, 'en-US')).toBe('Today');
    expect(formatDay('2026-11-21', now, 'en-US')).toBe('Yesterday');
    expect(formatDay('2026-11-23', now, 'en-US')).toBe('Tomorrow');
  });

  it('uses the weekday within a week, and a date from the day that would have the same name', () => {
    expect(formatDay('2026-11-20', now, 'en-US')).toBe('Friday');
    expect(formatDay('2026-11-16', now, 'en-US')).toBe('Monday');
    expect(formatDay('2026-11-15', now, 'en-US')).toBe('Nov 15');
  });

  it('does not call a day to come by a weekday that sounds past', () => {
    expect(formatDay('2026-11-25', now, 'en-US')).toBe('Nov 25');
  });

  it('adds the year only when it is another one', () => {
    expect(formatDay('2026-01-02', now, 'en-GB')).toBe('2 Jan');
    expect(formatDay('2025-12-31', now, 'en-GB')).toBe('31 Dec 2025');
  });

  it('speaks the reader’s language', () => {
    expect(formatDay('2026-11-21', now, 'de-DE')).toBe('Gestern');
  });

  it('never moves a plain date into another day', () => {
    expect(formatFullDay('2026-03-01', 'en-US')).toBe('Sunday, March 1, 2026');
  });
});

describe('today', () => {
  it('is the day where the user lives', () => {
    const instant = new Date('2026-11-22T23:30:00Z');
    expect(today('America/Los_Angeles', instant)).toBe('2026-11-22');
    expect(today('Asia/Tokyo', instant)).toBe('2026-11-23');
  });

  it('falls back to the browser’s zone when the user’s is not known here', () => {
    expect(today('Mars/Olympus', new Date('2026-11-22T12:00:00Z'))).toBe('2026-11-22');
  });
});
