import type { UploadStrings } from '../../locales/en-upload';
import { acceptedKinds, type Refusal, type UploadRules } from '../../thread/upload-rules';
import { sizeOf } from './file-kind';

/** So many names are said; of more, how many. */
const NAMED = 3;

/** The sentence that tells why files were not taken, and the limit. */
export function refusalWords(
  refusal: Refusal,
  rules: UploadRules,
  words: UploadStrings,
  locale: string,
): string {
  const names = listed(refusal.names, words, locale);
  const count = refusal.names.length;
  switch (refusal.reason) {
    case 'size':
      return words.tooLarge(names, sizeOf(refusal.limit, locale), count);
    case 'count':
      return words.tooMany(names, refusal.limit, count);
    case 'empty':
      return words.empty(names, count);
    case 'type':
      return words.wrongType(
        names,
        listOf(
          acceptedKinds(rules.accept).map((kind) => kindWords(kind, words)),
          locale,
        ),
      );
  }
}

function kindWords(kind: string, words: UploadStrings): string {
  const families: Record<string, string> = {
    'image/*': words.images,
    'audio/*': words.audio,
    'video/*': words.videos,
    'text/*': words.texts,
  };
  return families[kind] ?? kind;
}

/** “a.png”, “b.png” and 4 more */
export function listed(names: readonly string[], words: UploadStrings, locale: string): string {
  const said = names.length > NAMED + 1 ? names.slice(0, NAMED) : names;
  const rest = names.length - said.length;
  const quoted = said.map((name) => words.quoted(name));
  return listOf(rest > 0 ? [...quoted, words.more(rest)] : quoted, locale);
}

function listOf(words: string[], locale: string): string {
  return new Intl.ListFormat(locale, { type: 'conjunction' }).format(words);
}
