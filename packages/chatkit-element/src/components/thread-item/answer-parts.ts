import type { CSSResult } from 'lit';
import { icon } from '../../icons/icon';
import { Lazy } from '../../lazy/lazy';
import { safeHref } from '../../markdown/links';
import { markdown } from '../../markdown/markdown';
import type { AnswerKit } from '../../parts/answers/kit';
import type { ChatView } from '../view';

interface Part {
  readonly styles: CSSResult;
}

type Lent = Pick<
  AnswerKit,
  'root' | 'redraw' | 'composer' | 'client' | 'describe' | 'report' | 'announce'
>;

interface PartsHost extends Lent {
  /** What is drawn now. */
  view(): ChatView;
  adopt(styles: CSSResult): void;
}

/** What only some answers need: fetched with the first of them, null until it is here. */
export class AnswerParts {
  /** Another number: another part is here, and what was drawn without it is drawn again. */
  version = 0;
  readonly sources = this.#part(async () => (await import('../../parts/sources')).Sources);
  readonly steps = this.#part(async () => (await import('../../parts/steps')).Steps);
  readonly images = this.#part(async () => (await import('../../parts/images')).Images);
  readonly asked = this.#part(async () => (await import('../../parts/structured-input')).Asked);
  readonly dictation = this.#part(async () => (await import('../../parts/dictation')).Dictation);
  readonly keyboard = this.#part(async () => (await import('../../parts/keyboard')).Keyboard);
  readonly feedback = this.#part(async () => (await import('../../parts/feedback')).Feedback);

  constructor(private readonly host: PartsHost) {}

  #part<T extends Part>(load: () => Promise<new (kit: AnswerKit) => T>): () => T | null {
    let kit: AnswerKit | undefined;
    const part = new Lazy(async () => {
      kit ??= lend(this.host);
      const made = new (await load())(kit);
      this.host.adopt(made.styles);
      return made;
    });
    const arrived = () => {
      this.version += 1;
      this.host.redraw();
    };
    return () => part.get(arrived);
  }
}

function lend(host: PartsHost): AnswerKit {
  const { view } = host;
  return {
    ...host,
    get options() {
      return view().options;
    },
    get strings() {
      return view().strings;
    },
    get locale() {
      return view().locale;
    },
    icon,
    prose: (text, growing) => markdown(text, growing, view().markdown),
    href: safeHref,
    rate: (itemIds, kind) => view().actions.rate(itemIds, kind),
    get actions() {
      return view().actions;
    },
  };
}
