import type { Strings } from '../../locales/locales';
import { acceptedKinds, type Refusal, type UploadRules } from '../../thread/upload-rules';
import { sizeOf } from './file-kind';

/** So many names are said; of more, how many. */
const NAMED = 3;

/** The sentence that tells why files were not taken, and the limit. */
export function refusalWords(
  refusal: Refusal,
  rules: UploadRules,
  strings: Strings,
  locale: string,
): string {
  const names = listed(refusal.names, strings, locale);
  const count = refusal.names.length;
  switch (refusal.reason) {
    case 'size':
      return strings.upload.tooLarge(names, sizeOf(refusal.limit, locale), count);
    case 'count':
      return strings.upload.tooMany(names, refusal.limit, count);
    case 'empty':
      return strings.upload.empty(names, count);
    case 'type':
      return strings.upload.wrongType(names, listOf(acceptedKinds(rules.accept), locale));
  }
}

/** “a.png”, “b.png” and 4 more */
export function listed(names: readonly string[], strings: Strings, locale: string): string {
  const said = names.length > NAMED + 1 ? names.slice(0, NAMED) : names;
  const rest = names.length - said.length;
  const quoted = said.map((name) => strings.upload.quoted(name));
  return listOf(rest > 0 ? [...quoted, strings.upload.more(rest)] : quoted, locale);
}

function listOf(words: string[], locale: string): string {
  return new Intl.ListFormat(locale, { type: 'conjunction' }).format(words);
}
