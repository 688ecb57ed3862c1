import { icon } from '../../icons/icon';
import { Lazy } from '../../lazy/lazy';
import { adoptStyles } from '../../theme/adopt-styles';
import { isWritable } from '../../thread/state';
import type { ChatView } from '../view';
import type { QuoteButton } from './quote-button';

interface QuotingHost {
  view(): ChatView;
  root(): ParentNode;
  announce(words: string): void;
  /** Answers to these words. */
  quote(text: string): void;
}

/** Words of an answer that are selected can be quoted; what that takes is fetched with the first selection. */
export class Quoting {
  readonly #part = new Lazy(() => import('../../parts/quote'));
  #button: QuoteButton | null = null;

  constructor(private readonly host: QuotingHost) {}

  /** A selection has begun in the conversation. */
  readonly begin = (): void => {
    void this.#part.whenLoaded().then(
      (part) => {
        adoptStyles(this.host.root(), part.css);
        this.#button ??= new part.QuoteButton({
          ...this.host,
          icon,
          allowed: () => isWritable(this.host.view().state),
        });
        this.#button.attend();
      },
      () => {},
    );
  };

  /** The chat is no longer in the document. */
  end(): void {
    this.#button?.leave();
  }
}
