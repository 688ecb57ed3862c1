import { html, nothing, type TemplateResult } from 'lit';
import { type MenuEntry, OpenMenu } from './open-menu';

interface MenuButton {
  /** Tells the menus of one place apart. */
  name: string;
  /** What the button is called. */
  label: string;
  className: string;
  part: string;
  content: unknown;
}

/**
 * The menus of one place on screen, of which at most one is open. They come in parts only: their
 * styles are in menu-styles.
 */
export class Menus {
  #open: string | null = null;
  #menu: OpenMenu | null = null;

  constructor(
    private readonly root: () => ParentNode,
    private readonly changed: () => void,
    private readonly icon: (name: string) => TemplateResult,
  ) {}

  button({ name, label, className, part, content }: MenuButton): TemplateResult {
    const arrow = ({ key }: KeyboardEvent) => {
      if (key === 'ArrowDown' || key === 'ArrowUp') this.#show(name);
    };
    return html`<button
      type="button"
      class=${className}
      part=${part}
      data-menu=${name}
      aria-haspopup="menu"
      aria-expanded=${this.#open === name}
      aria-label=${label}
      title=${label}
      @keydown=${arrow}
      @click=${() => this.#show(this.#open === name ? null : name)}
    >
      ${content}
    </button>`;
  }

  /** The menu of that name while it is open. It stands above the nearest positioned ancestor. */
  menu(name: string, label: string, entries: () => readonly MenuEntry[]) {
    if (this.#open !== name) return nothing;
    const { icon } = this;
    this.#menu ??= new OpenMenu({ icon, close: (refocus) => this.#close(refocus) });
    return this.#menu.render({ name, label, entries: entries() });
  }

  #show(name: string | null): void {
    this.#open = name;
    this.#menu = null;
    this.changed();
  }

  #close(refocus: boolean): void {
    const button = this.root().querySelector<HTMLElement>(`[data-menu=${this.#open}]`);
    this.#show(null);
    if (refocus) button?.focus({ preventScroll: true });
  }
}
