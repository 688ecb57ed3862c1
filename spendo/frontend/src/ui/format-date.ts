/** A calendar day "2026-11-20": it has no zone, and is never moved into one. */
type Day = `${number}-${number}-${number}`;

const DAY_MS = 86_400_000;

/** The current day where the user lives, or in the browser's zone when theirs is not known here. */
export function today(timeZone: string, now: Date = new Date()): Day {
  const parts = (zone: string | undefined) =>
    new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    }).format(now) as Day;
  try {
    return parts(timeZone);
  } catch {
    return parts(undefined);
  }
}

/**
 * "today", "yesterday" and "tomorrow", the weekday for the other days of the last week, else the
 * day and the month, and the year when it is another one than today's.
 */
export function formatDay(day: Day, now: Day, locale?: string): string {
  const distance = Math.round((atNoon(day).getTime() - atNoon(now).getTime()) / DAY_MS);
  if (Math.abs(distance) <= 1) {
    const words = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(distance, 'day');
    return words.charAt(0).toLocaleUpperCase(locale) + words.slice(1);
  }
  if (distance < 0 && distance > -7) return inWords(day, { weekday: 'long' }, locale);
  const sameYear = day.slice(0, 4) === now.slice(0, 4);
  return inWords(
    day,
    { day: 'numeric', month: 'short', ...(sameYear ? {} : { year: 'numeric' }) },
    locale,
  );
}

/** The whole date, for a title or a screen reader. */
export function formatFullDay(day: Day, locale?: string): string {
  return inWords(day, { dateStyle: 'full' }, locale);
}

function inWords(day: Day, options: Intl.DateTimeFormatOptions, locale?: string): string {
  return new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' }).format(atNoon(day));
}

function atNoon(day: Day): Date {
  return new Date(`${day}T12:00:00Z`);
}
