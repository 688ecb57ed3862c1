import type { AnswerKit } from '../../parts/answers/kit';
import { keyboardStyles } from './keyboard-styles';

/** A keyboard takes at least so much of the page, in CSS px; the bars of a browser take less. */
const LEAST = 150;

/**
 * Keeps the chat above an on-screen keyboard. Browsers lay it over the page without a word to the
 * layout, and only tell how much of the page can still be seen.
 */
export class Keyboard {
  readonly styles = keyboardStyles;
  readonly #viewport = globalThis.visualViewport;
  #following = false;

  constructor(private readonly kit: Pick<AnswerKit, 'root'>) {}

  /** Call as often as the chat is drawn. It ends by itself when the chat leaves the document. */
  follow(): void {
    if (this.#following) return;
    this.#following = true;
    this.#listen('addEventListener');
    this.#fit();
  }

  #listen(how: 'addEventListener' | 'removeEventListener'): void {
    this.#viewport?.[how]('resize', this.#fit);
    this.#viewport?.[how]('scroll', this.#fit);
    // A keyboard may be there already, for a field of the page.
    this.kit.root()[how]('focusin', this.#fit);
    this.kit.root()[how]('focusout', this.#fit);
  }

  #fit = (): void => {
    const chat = this.kit.root().querySelector<HTMLElement>('.chat');
    if (!chat?.isConnected) {
      this.#following = false;
      this.#listen('removeEventListener');
      return;
    }
    const covered = this.#covered(chat);
    chat.style.setProperty('--keyboard', `${covered}px`);
    chat.toggleAttribute('data-keyboard', covered > 0);
    if (covered > 0) showField(chat);
  };

  /** How much of the chat lies under the keyboard that writes into it, in px. */
  #covered(chat: HTMLElement): number {
    const root = chat.getRootNode();
    if (!this.#viewport || !(root instanceof ShadowRoot) || !root.activeElement) return 0;
    const { height, offsetTop, scale } = this.#viewport;
    // What the user has zoomed out of sight is no keyboard's work.
    const keyboard = scale > 1.01 ? 0 : document.documentElement.clientHeight - height;
    if (keyboard < LEAST) return 0;
    const below = chat.getBoundingClientRect().bottom - (offsetTop + height);
    return Math.round(Math.min(Math.max(0, below), keyboard));
  }
}

/** The field that is written in may have been at the end of what has become lower. */
function showField(chat: HTMLElement): void {
  const list = chat.querySelector('.questions-body:focus-within');
  const field = list?.querySelector(':focus');
  if (!list || !field) return;
  const below = field.getBoundingClientRect().bottom - list.getBoundingClientRect().bottom;
  if (below > 0) list.scrollTop += below + 16;
}
