const tags = new Map<string, string>();

/** Intl throws on a malformed tag. Each line of a chat asks. */
export function known(locale: string): string {
  const tag = tags.get(locale) ?? canonical(locale);
  tags.set(locale, tag);
  return tag;
}

function canonical(locale: string): string {
  try {
    return Intl.getCanonicalLocales(locale.replaceAll('_', '-'))[0] ?? 'en';
  } catch {
    return 'en';
  }
}
