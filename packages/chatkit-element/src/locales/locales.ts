import { Lazy } from '../lazy/lazy';
import { en, type Strings } from './en';
import { known } from './known';

export { relativeDate } from './dates';
export type { Strings } from './en';

/** English is always there; another language is one more part and one more line. */
const LANGUAGES: Record<string, Lazy<Strings>> = {
  ar: new Lazy(async () => (await import('../parts/locale-ar')).ar),
  de: new Lazy(async () => (await import('../parts/locale-de')).de),
};

const RIGHT_TO_LEFT = ['Arab', 'Hebr', 'Nkoo', 'Syrc', 'Thaa'];

/** The language asked for, else the browser's. It is what the server is told. */
export function chooseLocale(wanted: string | undefined): string {
  return wanted || (typeof navigator === 'undefined' ? 'en' : navigator.language) || 'en';
}

/** The words of a locale's language, else the English ones; null while they are on their way. */
export function stringsFor(locale: string, arrived: () => void): Strings | null {
  const language = fetchable(locale);
  return language ? language.get(arrived) : en;
}

/** Resolves when `stringsFor` has words, or cannot get any. */
export async function whenWorded(locale: string): Promise<void> {
  await fetchable(locale)
    ?.whenLoaded()
    .catch(() => {});
}

function fetchable(locale: string): Lazy<Strings> | undefined {
  const language = languageOf(locale);
  return Object.hasOwn(LANGUAGES, language) ? LANGUAGES[language] : undefined;
}

function languageOf(locale: string): string {
  return known(locale).split('-')[0] ?? 'en';
}

/** Numbers and dates are said in the language of the words around them. */
export function localeOfWords(locale: string, { language }: Strings): string {
  return languageOf(locale) === language ? known(locale) : language;
}

export function directionOf(locale: string): 'rtl' | 'ltr' {
  const { script } = new Intl.Locale(known(locale)).maximize();
  return RIGHT_TO_LEFT.includes(script ?? '') ? 'rtl' : 'ltr';
}
