import { en } from '../locales/en';
import { type Strings, stringsFor, whenWorded } from '../locales/locales';

/** ms. Longer than this a chat shall not stay empty for the sake of its language. */
const PATIENCE = 400;

/** The words on screen. Those of a language that must be fetched are waited for, but not for long. */
export class Words {
  #shown: Strings | null = null;
  #wait: Promise<void> | null = null;
  #patient = true;

  constructor(private readonly changed: () => void) {}

  /** Null for a moment at the start; afterwards the words that are there, until better ones come. */
  for(locale: string): Strings | null {
    const found = stringsFor(locale, this.changed);
    if (found) this.#shown = found;
    else void this.ready(locale);
    return this.#shown ?? (this.#patient ? null : en);
  }

  /** Resolves when there are words to show, the best that could be had by then. */
  ready(locale: string): Promise<void> {
    this.#wait ??= this.#giveTime(locale);
    return this.#wait;
  }

  async #giveTime(locale: string): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, PATIENCE);
    });
    await Promise.race([whenWorded(locale), late]);
    clearTimeout(timer);
    this.#patient = false;
    this.changed();
  }
}
