import { enInput, type InputStrings } from '../../locales/en-input';
import type { Strings } from '../../locales/locales';

/** Why the browser gives no microphone, by the name of its error. */
const REASONS: Record<string, keyof InputStrings & `microphone${string}`> = {
  NotAllowedError: 'microphoneDenied',
  SecurityError: 'microphoneDenied',
  NotFoundError: 'microphoneMissing',
  OverconstrainedError: 'microphoneMissing',
  NotReadableError: 'microphoneBusy',
  AbortError: 'microphoneBusy',
};

export type DictationWords = InputStrings & Pick<Strings, 'dismiss' | 'tryAgain'>;

export function wordsIn(strings: Strings): DictationWords {
  const { dismiss, tryAgain } = strings;
  return { ...enInput, ...strings.input, dismiss, tryAgain };
}

export function microphoneTrouble(error: unknown, words: DictationWords): string {
  const name = error instanceof Error || error instanceof DOMException ? error.name : '';
  const reason = Object.hasOwn(REASONS, name) ? REASONS[name] : undefined;
  return String(words[reason ?? 'microphoneFailed']);
}

/** As on a stop watch. */
export function clock(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;
}

/** Words beside words need a space between; other punctuation and scripts without spaces do not. */
export function spaced(text: string, before: string): string {
  const joins = before === '' || /[\s([{"'“‘«\u3000-\u30ff\u4e00-\u9fff]$/.test(before);
  return joins ? text : ` ${text}`;
}
