import { known } from './known';

const MINUTE = 60_000;
const DAY = 86_400_000;

/** A date as people say it: relative within a week, else the day. */
export function relativeDate(date: Date, now: Date, locale: string): string {
  const days = daysBetween(date, now);
  const minutes = Math.round((now.getTime() - date.getTime()) / MINUTE);
  const relative = relativeFormat(locale);
  if (minutes < 1) return relative.format(0, 'second');
  if (minutes < 60) return relative.format(-minutes, 'minute');
  if (days === 0) return relative.format(-Math.round(minutes / 60), 'hour');
  if (days < 7) return relative.format(-days, 'day');
  return dateFormat(locale, { day: 'numeric', month: 'short', ...yearOf(date, now) }).format(date);
}

/** A day by its name: “Today”, “Yesterday”, “Monday, November 3”. */
export function dayName(date: Date, now: Date, locale: string): string {
  const days = daysBetween(date, now);
  if (days === 0 || days === 1) {
    const name = relativeFormat(locale).format(-days, 'day');
    return name.charAt(0).toLocaleUpperCase(known(locale)) + name.slice(1);
  }
  const format = { weekday: 'long', day: 'numeric', month: 'long', ...yearOf(date, now) } as const;
  return dateFormat(locale, format).format(date);
}

export function timeOfDay(date: Date, locale: string): string {
  return dateFormat(locale, { hour: 'numeric', minute: '2-digit' }).format(date);
}

export function shortDate(date: Date, locale: string): string {
  return dateFormat(locale, { day: 'numeric', month: 'short', year: 'numeric' }).format(date);
}

/** The year goes without saying when it is this one. */
function yearOf(date: Date, now: Date): Intl.DateTimeFormatOptions {
  return date.getFullYear() === now.getFullYear() ? {} : { year: 'numeric' };
}

function daysBetween(earlier: Date, later: Date): number {
  const midnight = (date: Date) => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
  return Math.round((midnight(later) - midnight(earlier)) / DAY);
}

function relativeFormat(locale: string): Intl.RelativeTimeFormat {
  const make = () => new Intl.RelativeTimeFormat(known(locale), { numeric: 'auto' });
  return kept(`${locale} relative`, make);
}

function dateFormat(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const make = () => new Intl.DateTimeFormat(known(locale), options);
  return kept(`${locale} ${JSON.stringify(options)}`, make);
}

const formats = new Map<string, unknown>();

/** Making a format takes a hundred times as long as using it. */
function kept<T>(key: string, make: () => T): T {
  if (!formats.has(key)) formats.set(key, make());
  return formats.get(key) as T;
}
