import type { Entity } from '@openai/chatkit';
import { render, type TemplateResult } from 'lit';
import type { ChatView } from '../view';
import { drawPreview } from './draw-preview';

/** ms. A pointer that only passes opens nothing; one on its way into the card closes nothing. */
const POINTED = 250;
const LEFT = 200;
const GAP = 6;
const MARGIN = 8;

interface PreviewHost {
  view(): ChatView;
  root(): ParentNode;
  report(error: unknown): void;
  icon(name: string): TemplateResult;
}

/** Something that happened at a chip. */
interface Meeting {
  type: string;
  pointerType: string | undefined;
  chip: HTMLElement;
  entity: Entity;
  /** Tells the page that the entity was clicked. */
  open(): void;
}

/** The card that shows more of an entity, beside its chip; one at a time. Part: entity-preview. */
export class EntityPreview {
  #chip: HTMLElement | null = null;
  #card: HTMLElement | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #turn = 0;
  #stop: AbortController | null = null;

  constructor(private readonly host: PreviewHost) {}

  met(meeting: Meeting): void {
    const { type, pointerType, chip } = meeting;
    const touched = pointerType === 'touch' || pointerType === 'pen';
    if (type === 'click') this.#pressed(meeting, touched);
    else if (type === 'blur') this.close();
    else if (/^pointer(?:leave|out)$/.test(type) && !touched) this.#after(LEFT, () => this.close());
    else if (type === 'focus' && chip.matches(':focus-visible')) this.#wait(meeting);
    else if (/^pointer(?:enter|over)$/.test(type) && !touched) this.#wait(meeting);
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#turn += 1;
    this.#stop?.abort();
    this.#chip?.removeAttribute('aria-describedby');
    this.#card?.remove();
    this.#chip = null;
    this.#card = null;
  }

  /** Fingers cannot point: their first press shows the card, the next one opens. */
  #pressed(meeting: Meeting, touched: boolean): void {
    const { onClick } = this.host.view().options.entities ?? {};
    if (onClick && (!touched || this.#chip === meeting.chip)) {
      this.close();
      meeting.open();
    } else if (this.#chip === meeting.chip) this.close();
    else void this.#show(meeting, touched);
  }

  #wait(meeting: Meeting): void {
    if (this.#chip === meeting.chip) clearTimeout(this.#timer);
    else this.#after(POINTED, () => void this.#show(meeting, false));
  }

  #after(time: number, work: () => void): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(work, time);
  }

  async #show({ chip, entity, open }: Meeting, orOpen: boolean): Promise<void> {
    this.close();
    const turn = this.#turn;
    let preview: unknown = null;
    try {
      const reply = await this.host.view().options.entities?.onRequestPreview?.(entity);
      preview = reply?.preview;
    } catch (error) {
      this.host.report(error);
    }
    if (turn !== this.#turn || !chip.isConnected) return;
    const drawn = drawPreview(preview, this.host.icon);
    if (drawn) this.#put(chip, drawn);
    else if (orOpen) open();
  }

  #put(chip: HTMLElement, drawn: TemplateResult): void {
    const card = document.createElement('div');
    const id = 'entity-preview';
    Object.assign(card, { id, className: id, part: 'entity-preview', popover: 'manual' });
    card.setAttribute('role', 'tooltip');
    card.addEventListener('pointerenter', () => clearTimeout(this.#timer));
    card.addEventListener('pointerleave', () => this.#after(LEFT, () => this.close()));
    render(drawn, card);
    this.host.root().querySelector('.chat')?.append(card);
    chip.setAttribute('aria-describedby', card.id);
    this.#chip = chip;
    this.#card = card;
    card.showPopover?.();
    this.#watch();
    this.#place();
  }

  #watch(): void {
    const stop = new AbortController();
    const { signal } = stop;
    this.#stop = stop;
    const away = (event: Event) => {
      const path = event.composedPath();
      if (!path.some((node) => node === this.#card || node === this.#chip)) this.close();
    };
    const key = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      this.close();
    };
    document.addEventListener('pointerdown', away, { signal, capture: true });
    document.addEventListener('scroll', away, { signal, capture: true });
    document.addEventListener('input', away, { signal, capture: true });
    document.addEventListener('keydown', key, { signal, capture: true });
    window.addEventListener('resize', () => this.close(), { signal });
    // A picture makes the card higher once it is there.
    this.#card?.addEventListener('load', () => this.#place(), { signal, capture: true });
  }

  /** Above the chip, below it where there is no room, never out of the chat or the window. */
  #place(): void {
    const [chip, card] = [this.#chip, this.#card];
    if (!chip || !card) return;
    const at = chip.getBoundingClientRect();
    const chat = card.closest('.chat')?.getBoundingClientRect() ?? at;
    const { offsetWidth: width, offsetHeight: height } = card;
    const above = at.top - GAP - height;
    card.style.top = `${above >= Math.max(chat.top, 0) + MARGIN ? above : at.bottom + GAP}px`;
    const rightmost = Math.min(chat.right, innerWidth) - width - MARGIN;
    card.style.left = `${Math.max(Math.min(at.left, rightmost), chat.left + MARGIN, 0)}px`;
  }
}
