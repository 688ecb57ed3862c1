import { en, type Strings } from './en';

export type { Strings } from './en';

/** Words by language; another language is one more file and one more line. */
const LANGUAGES: Record<string, Strings> = { en };

/** The language asked for, else the browser's. It is what the server is told. */
export function chooseLocale(wanted: string | undefined): string {
  return wanted || (typeof navigator === 'undefined' ? 'en' : navigator.language) || 'en';
}

/** The words for a locale: its own, those of its language, else English. */
export function stringsFor(locale: string): Strings {
  const language = locale.split('-')[0] ?? 'en';
  return LANGUAGES[locale] ?? LANGUAGES[language] ?? en;
}

/** A date as people say it: relative within a week, else the day. */
export function relativeDate(date: Date, now: Date, locale: string): string {
  const days = daysBetween(date, now);
  const minutes = Math.round((now.getTime() - date.getTime()) / 60_000);
  const relative = new Intl.RelativeTimeFormat(known(locale), { numeric: 'auto' });
  if (minutes < 1) return relative.format(0, 'second');
  if (minutes < 60) return relative.format(-minutes, 'minute');
  if (days === 0) return relative.format(-Math.round(minutes / 60), 'hour');
  if (days < 7) return relative.format(-days, 'day');
  const year = date.getFullYear() === now.getFullYear() ? undefined : 'numeric';
  return new Intl.DateTimeFormat(known(locale), { day: 'numeric', month: 'short', year }).format(
    date,
  );
}

function daysBetween(earlier: Date, later: Date): number {
  const midnight = (date: Date) => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
  return Math.round((midnight(later) - midnight(earlier)) / 86_400_000);
}

/** Intl throws on a malformed tag. */
function known(locale: string): string {
  try {
    return Intl.getCanonicalLocales(locale)[0] ?? 'en';
  } catch {
    return 'en';
  }
}
