import { html, nothing, type TemplateResult } from 'lit';
import { ref } from 'lit/directives/ref.js';

/** One thing to choose. With `selected` it is one of several of which at most one is in effect. */
export interface MenuEntry {
  id: string;
  label: string;
  icon?: string;
  description?: string;
  /** A line stands between entries of different groups. */
  group?: string;
  selected?: boolean;
  disabled?: boolean;
  /** A word beside the label. */
  note?: string;
  run(): void;
}

interface Content {
  name: string;
  label: string;
  entries: readonly MenuEntry[];
}

interface MenuHost {
  icon(name: string): TemplateResult;
  /** With `refocus` the button that opened the menu gets the focus back. */
  close(refocus: boolean): void;
}

/** Letters within so many ms of each other are one word. */
const ONE_WORD = 700;
/** px between the menu and the edges of the chat. */
const MARGIN = 12;

/** A menu on screen, from its opening to its end. Parts: menu, menu-item. */
export class OpenMenu {
  #element: HTMLElement | null = null;
  #typed = '';
  #typedAt = 0;

  constructor(private readonly host: MenuHost) {}

  render({ name, label, entries }: Content): TemplateResult {
    return html`<div
      class="menu"
      part="menu"
      role="menu"
      data-for=${name}
      aria-label=${label}
      @keydown=${this.#keydown}
      @focusout=${this.#focusLeft}
      ${ref(this.#placed)}
    >
      ${entries.map((entry, index) => [
        index > 0 && entry.group !== entries[index - 1]?.group
          ? html`<div class="menu-line" role="separator"></div>`
          : nothing,
        this.#entry(entry),
      ])}
    </div>`;
  }

  #entry(entry: MenuEntry): TemplateResult {
    const { selected, disabled = false } = entry;
    const choose = () => {
      if (disabled) return;
      this.host.close(true);
      entry.run();
    };
    return html`<button
      type="button"
      class="menu-item"
      part="menu-item"
      role=${selected === undefined ? 'menuitem' : 'menuitemradio'}
      tabindex="-1"
      aria-checked=${selected ?? nothing}
      aria-disabled=${disabled || nothing}
      @click=${choose}
      @pointermove=${(event: PointerEvent) => focus(event.currentTarget)}
    >
      ${entry.icon ? this.host.icon(entry.icon) : nothing}
      <span class="menu-words">
        <span class="menu-label">${entry.label}</span>
        ${entry.note ? html`<span class="menu-note">${entry.note}</span>` : nothing}
        ${
          entry.description
            ? html`<span class="menu-description">${entry.description}</span>`
            : nothing
        }
      </span>
      ${selected ? this.host.icon('check') : nothing}
    </button>`;
  }

  readonly #placed = (element?: Element): void => {
    document.removeEventListener('pointerdown', this.#pressed, true);
    this.#element = element instanceof HTMLElement ? element : null;
    if (!this.#element) return;
    document.addEventListener('pointerdown', this.#pressed, true);
    // It is not in the document before all of it is drawn.
    queueMicrotask(() => this.#shown());
  };

  #shown(): void {
    if (!this.#element) return;
    limitHeight(this.#element);
    focus(this.#items.find((item) => item.ariaChecked === 'true') ?? this.#items[0]);
  }

  get #items(): HTMLElement[] {
    return [...(this.#element?.querySelectorAll<HTMLElement>('.menu-item') ?? [])];
  }

  /** A press on the button that opened it is that button's matter. */
  readonly #pressed = (event: Event): void => {
    const inside = event
      .composedPath()
      .some((node) => node === this.#element || isButtonOf(node, this.#element));
    if (!inside) this.host.close(false);
  };

  readonly #focusLeft = ({ relatedTarget }: FocusEvent): void => {
    if (!(relatedTarget instanceof Node) || this.#element?.contains(relatedTarget)) return;
    if (!isButtonOf(relatedTarget, this.#element)) this.host.close(false);
  };

  readonly #keydown = (event: KeyboardEvent): void => {
    const { key } = event;
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (key === 'Tab') {
      // From its button the focus goes on to what comes next.
      this.host.close(true);
      return;
    }
    const items = this.#items;
    const at = items.findIndex(hasFocus);
    const to = this.#target(event, at, items);
    if (key === 'Escape') this.host.close(true);
    else if (to === null) return;
    else focus(items[to]);
    event.preventDefault();
    event.stopPropagation();
  };

  /** The entry a key leads to; null when the key is not for moving. */
  #target({ key, timeStamp }: KeyboardEvent, at: number, items: HTMLElement[]): number | null {
    const { length } = items;
    switch (key) {
      case 'ArrowDown':
        return (at + 1) % length;
      case 'ArrowUp':
        return (Math.max(at, 0) + length - 1) % length;
      case 'Home':
        return 0;
      case 'End':
        return length - 1;
    }
    const continued = timeStamp - this.#typedAt < ONE_WORD;
    // A space chooses, unless it stands in the middle of a word that is being typed.
    if (key.length !== 1 || (key === ' ' && !(continued && this.#typed))) return null;
    this.#typedAt = timeStamp;
    this.#typed = (continued ? this.#typed : '') + key.toLocaleLowerCase();
    return this.#named(at, items);
  }

  /** One letter goes on to the next of its entries; more letters stay while they fit. */
  #named(at: number, items: HTMLElement[]): number {
    const repeated = [...this.#typed].every((letter) => letter === this.#typed[0]);
    const wanted = repeated ? (this.#typed[0] ?? '') : this.#typed;
    const from = repeated ? at + 1 : Math.max(at, 0);
    const order = items.map((_, index) => (from + index) % items.length);
    const fits = (index: number) => labelOf(items[index]).toLocaleLowerCase().startsWith(wanted);
    return order.find(fits) ?? at;
  }
}

function labelOf(item: HTMLElement | undefined): string {
  return item?.querySelector('.menu-label')?.textContent?.trim() ?? '';
}

function isButtonOf(node: EventTarget, menu: HTMLElement | null): boolean {
  return node instanceof HTMLElement && node.dataset.menu === menu?.dataset.for;
}

function focus(target: EventTarget | null | undefined): void {
  if (target instanceof HTMLElement && !hasFocus(target)) target.focus();
}

function hasFocus(element: HTMLElement): boolean {
  const root = element.getRootNode();
  return root instanceof ShadowRoot && root.activeElement === element;
}

/** As high as there is room above; what does not fit is scrolled to. */
function limitHeight(menu: HTMLElement): void {
  const chat = menu.closest('.chat')?.getBoundingClientRect();
  const room = menu.getBoundingClientRect().bottom - (chat?.top ?? 0) - MARGIN;
  menu.style.maxHeight = `${Math.max(room, 120)}px`;
}
