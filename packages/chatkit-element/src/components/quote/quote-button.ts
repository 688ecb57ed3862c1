import { html, render, type TemplateResult } from 'lit';
import { selectedIn } from '../composer/caret';
import type { ChatView } from '../view';

/** ms a selection rests before it is offered to be quoted. */
const REST = 200;
const GAP = 8;
const MARGIN = 8;
/** A quote is a pointer to what was said, not a copy of all of it. */
const LONGEST = 2_000;

interface QuoteHost {
  view(): ChatView;
  root(): ParentNode;
  icon(name: string): TemplateResult;
  announce(words: string): void;
  quote(text: string): void;
  /** A message can be written now. */
  allowed(): boolean;
}

/** The button beside words of an answer that are selected. Part: quote-button. */
export class QuoteButton {
  #button: HTMLButtonElement | null = null;
  #text = '';
  #timer: ReturnType<typeof setTimeout> | undefined;
  #pressed = false;
  #stop: AbortController | null = null;

  constructor(private readonly host: QuoteHost) {}

  /** Follows the selection until `leave`. */
  attend(): void {
    this.#look();
    if (this.#stop) return;
    const stop = new AbortController();
    const { signal } = stop;
    this.#stop = stop;
    const press = (down: boolean) => () => {
      this.#pressed = down;
      if (!down) this.#look();
    };
    document.addEventListener('selectionchange', this.#look, { signal });
    document.addEventListener('pointerdown', press(true), { signal, capture: true });
    document.addEventListener('pointerup', press(false), { signal, capture: true });
    document.addEventListener('pointercancel', press(false), { signal, capture: true });
    document.addEventListener('scroll', this.#place, { signal, capture: true });
    window.addEventListener('resize', this.#place, { signal });
    this.#chat?.addEventListener('keydown', this.#key as EventListener, { signal, capture: true });
  }

  leave(): void {
    clearTimeout(this.#timer);
    this.#stop?.abort();
    this.#stop = null;
    this.#hide();
  }

  get #chat(): Element | null {
    return this.host.root().querySelector('.chat');
  }

  readonly #look = (): void => {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#offer(), REST);
  };

  #offer(): void {
    // A pointer that is still down is still selecting.
    if (this.#pressed) return;
    const found = this.host.allowed() ? this.#selected() : null;
    if (!found) {
      this.#hide();
      return;
    }
    if (!this.#button) this.host.announce(this.host.view().strings.quoteHint);
    this.#text = found;
    this.#show();
  }

  /** The words that are selected, if they are all of one answer. */
  #selected(): string | null {
    const list = this.host.root().querySelector('.list');
    const ends = list && selectedIn(list);
    if (!ends) return null;
    const answer = answerOf(ends.startContainer);
    if (!answer || answer !== answerOf(ends.endContainer)) return null;
    return shorten(this.#words(ends).trim()) || null;
  }

  /** As they would be copied; browsers hide them for a shadow tree in different places. */
  #words(ends: StaticRangeInit): string {
    const shadow = this.host.root() as Partial<Pick<Document, 'getSelection'>>;
    return (
      shadow.getSelection?.()?.toString() ||
      document.getSelection()?.toString() ||
      rangeOf(ends).toString()
    ).replace(/\n{3,}/g, '\n\n');
  }

  #show(): void {
    if (!this.#button) {
      const { strings } = this.host.view();
      const button = document.createElement('button');
      Object.assign(button, { type: 'button', className: 'quote-button', part: 'quote-button' });
      button.popover = 'manual';
      // Else the press would take the selection away before it is read.
      button.addEventListener('pointerdown', (event) => event.preventDefault());
      button.addEventListener('mousedown', (event) => event.preventDefault());
      button.addEventListener('click', () => this.#quote());
      render(html`${this.host.icon('quote')}<span>${strings.quote}</span>`, button);
      this.#chat?.append(button);
      this.#button = button;
      button.showPopover?.();
    }
    this.#place();
  }

  #hide(): void {
    this.#button?.remove();
    this.#button = null;
  }

  #quote(): void {
    // It may have grown by a key since it was looked at.
    const text = this.#selected() ?? this.#text;
    this.#hide();
    document.getSelection()?.removeAllRanges();
    this.host.quote(text);
  }

  /** Tab leads from the selection to its button; Escape takes the button away. */
  readonly #key = (event: KeyboardEvent): void => {
    const button = this.#button;
    if (!button) return;
    const there = (button.getRootNode() as ShadowRoot).activeElement === button;
    if (event.key === 'Tab' && !event.shiftKey && !there) {
      event.preventDefault();
      button.focus({ preventScroll: true });
    } else if (event.key === 'Escape') {
      event.stopPropagation();
      if (there) this.host.root().querySelector<HTMLElement>('.list')?.focus();
      this.#hide();
    }
  };

  /** Over the selection; under it for fingers, whose own menu is above. */
  readonly #place = (): void => {
    const list = this.host.root().querySelector('.list');
    const ends = list && selectedIn(list);
    const button = this.#button;
    if (!button || !ends || !list) return;
    const at = rangeOf(ends).getBoundingClientRect();
    const frame = list.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height, style } = button;
    const touch = matchMedia('(pointer: coarse)').matches;
    const above = at.top - GAP - height;
    const below = at.bottom + GAP;
    const top = touch || above < frame.top + MARGIN ? below : above;
    style.top = `${Math.max(frame.top + MARGIN, Math.min(top, frame.bottom - height - MARGIN))}px`;
    const left = at.left + at.width / 2 - width / 2;
    style.left = `${Math.max(frame.left + MARGIN, Math.min(left, frame.right - width - MARGIN))}px`;
  };
}

function answerOf(node: Node): Element | null {
  const element = node instanceof Element ? node : node.parentElement;
  return element?.closest('.assistant') ?? null;
}

function rangeOf({ startContainer, startOffset, endContainer, endOffset }: StaticRangeInit): Range {
  const range = document.createRange();
  range.setStart(startContainer, startOffset);
  range.setEnd(endContainer, endOffset);
  return range;
}

function shorten(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST).trimEnd()}…` : text;
}
