import { html, nothing, render } from 'lit';
import { isObject, type JsonObject } from '../../protocol/json';
import type { Source } from '../../protocol/sources';
import { widgetWords } from '../../protocol/widget-words';
import type { AnswerKit } from './kit';
import type { Cited } from './source-mark';
import { sourceFacts, sourceIcon, sourceName, toEntity } from './source-row';

/** ms. A pointer that only passes opens nothing; one on its way into the card closes nothing. */
const POINTED = 150;
const LEFT = 250;
const GAP = 6;
const MARGIN = 8;

interface Open {
  /** The mark and its card together. */
  place: HTMLElement;
  mark: HTMLElement;
  card: HTMLElement;
  cited: Cited[];
  /** Clicked open: it stays until it is closed. */
  pinned: boolean;
  stop: AbortController;
}

/** The small card at a mark in the text that shows its sources; one at a time. Part: source-card. */
export class SourceCard {
  #open: Open | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #pressed = false;
  #touched = false;

  constructor(private readonly kit: AnswerKit) {}

  point({ pointerType, currentTarget }: PointerEvent, cited: Cited[]): void {
    clearTimeout(this.#timer);
    if (pointerType === 'touch' || this.#open?.place === currentTarget) return;
    this.#timer = setTimeout(() => this.#show(currentTarget as HTMLElement, cited), POINTED);
  }

  readonly leave = (): void => {
    clearTimeout(this.#timer);
    if (this.#open?.pinned || this.#open?.place.contains(focused(this.#open.place))) return;
    this.#timer = setTimeout(() => this.close(), LEFT);
  };

  /** A press focuses the mark as well: then it is the click that counts. */
  readonly press = ({ pointerType }: PointerEvent): void => {
    this.#pressed = true;
    this.#touched = pointerType === 'touch';
  };

  /** A finger cannot rest on a mark: a tap is how it comes to the preview the page has to give. */
  get isWayToPreview(): boolean {
    return this.#touched && Boolean(this.kit.options.entities?.onRequestPreview);
  }

  focus({ currentTarget }: FocusEvent, cited: Cited[]): void {
    const place = currentTarget as HTMLElement;
    if (!this.#pressed && this.#open?.place !== place) this.#show(place, cited);
    this.#pressed = false;
  }

  readonly blur = ({ relatedTarget }: FocusEvent): void => {
    if (this.#open && !this.#open.place.contains(relatedTarget as Node | null)) this.close();
  };

  readonly key = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !this.#open) return;
    event.stopPropagation();
    this.#open.mark.focus();
    this.close();
  };

  pin({ currentTarget }: Event, cited: Cited[]): void {
    clearTimeout(this.#timer);
    this.#pressed = false;
    const place = (currentTarget as HTMLElement).parentElement as HTMLElement;
    const again = this.#open?.place === place && this.#open.pinned;
    if (again) this.close();
    else if (this.#open?.place !== place) this.#show(place, cited);
    if (this.#open) this.#open.pinned = true;
  }

  close(): void {
    clearTimeout(this.#timer);
    const open = this.#open;
    if (!open) return;
    this.#open = null;
    open.stop.abort();
    open.mark.setAttribute('aria-expanded', 'false');
    open.card.remove();
  }

  #show(place: HTMLElement, cited: Cited[]): void {
    this.close();
    const mark = place.querySelector('button');
    if (!place.isConnected || !mark) return;
    const card = document.createElement('span');
    Object.assign(card, { className: 'source-card', part: 'source-card', popover: 'manual' });
    card.setAttribute('role', 'group');
    card.setAttribute('aria-label', this.kit.strings.sources(cited.length));
    place.append(card);
    mark.setAttribute('aria-expanded', 'true');
    const stop = new AbortController();
    this.#open = { place, mark, card, cited, pinned: false, stop };
    this.#draw(this.#open, new Map());
    card.showPopover?.();
    this.#watch(this.#open);
    this.#putBeside();
    this.#askForPreviews(this.#open);
  }

  #draw({ card, cited }: Open, previews: Map<Source, JsonObject>): void {
    const rows = cited.map(({ source }) => {
      const preview = previews.get(source);
      return html`<span class="source">
        ${sourceIcon(source, this.kit)}
        <span>
          ${sourceName(source, this.kit)} ${sourceFacts(source, this.kit)}
          ${preview ? widgetWords(preview).map(({ text }) => html`<span class="source-text"><bdi>${text}</bdi></span>`) : nothing}
          ${!preview && source.description ? html`<span class="source-text"><bdi>${source.description}</bdi></span>` : nothing}
        </span>
      </span>`;
    });
    render(rows, card);
  }

  /** The page may have more to show of what it knows. */
  #askForPreviews(open: Open): void {
    const previews = new Map<Source, JsonObject>();
    for (const { source } of open.cited) {
      const ask = this.kit.options.entities?.onRequestPreview;
      if (!ask || source.type !== 'entity' || !source.interactive) continue;
      const show = (reply: { preview: unknown } | null | undefined) => {
        if (!isObject(reply?.preview) || this.#open !== open) return;
        this.#draw(open, previews.set(source, reply.preview));
        this.#putBeside();
      };
      // Without a preview the card shows what came with the source.
      Promise.resolve(toEntity(source))
        .then(ask)
        .then(show)
        .catch(() => {});
    }
  }

  #watch({ place, stop }: Open): void {
    const { signal } = stop;
    const outside = (event: Event) => {
      if (!event.composedPath().includes(place)) this.close();
    };
    document.addEventListener('pointerdown', outside, { signal, capture: true });
    place.getRootNode().addEventListener('scroll', this.#putBeside, { signal, capture: true });
    window.addEventListener('resize', this.#putBeside, { signal });
    window.addEventListener('scroll', this.#putBeside, { signal });
  }

  /** Below the mark, above it where there is more room, never out of the chat. */
  readonly #putBeside = (): void => {
    const open = this.#open;
    if (!open?.mark.isConnected) {
      this.close();
      return;
    }
    const mark = open.mark.getBoundingClientRect();
    const chat = (open.place.closest('.chat') ?? open.place).getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height, style } = open.card;
    const below = mark.bottom + GAP;
    const above = mark.top - GAP - height;
    style.top = `${below + height > innerHeight && above > 0 ? above : below}px`;
    const rightmost = Math.min(chat.right, innerWidth) - width - MARGIN;
    style.left = `${Math.max(Math.min(mark.left, rightmost), chat.left + MARGIN, 0)}px`;
  };
}

function focused(element: HTMLElement): Element | null {
  return (element.getRootNode() as ShadowRoot).activeElement;
}
