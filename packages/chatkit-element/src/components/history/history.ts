import { html, nothing, type TemplateResult } from 'lit';
import { Lazy } from '../../lazy/lazy';
import { adoptStyles } from '../../theme/adopt-styles';
import { iconButton } from '../icon-button';
import type { ChatView } from '../view';
import type { HistoryList } from './history-list';

const part = new Lazy(() => import('../../parts/history'));

interface HistoryHost {
  shadow(): ParentNode;
  redraw(): void;
  focusComposer(): void;
}

/** The past chats, over the current one; the list itself comes in a part. Parts: history. */
export class History {
  #open = false;
  #list: HistoryList | null = null;
  /** What had the focus before: it gets it back. */
  #cameFrom: Element | null = null;
  #moveFocus: 'in' | 'back' | 'composer' | null = null;
  #chosen = false;
  /** The list could not be fetched. */
  #missing = false;

  constructor(private readonly host: HistoryHost) {}

  /** A chat was chosen: the next words are for it. */
  chosen(): void {
    this.#chosen = true;
  }

  render(view: ChatView): TemplateResult | typeof nothing {
    const { history, strings, actions } = view;
    if (history.open !== this.#open) this.#turn(history.open);
    if (!history.open) return nothing;
    return html`<div class="scrim" @click=${actions.hideHistory}></div>
      <section class="history" part="history" role="dialog" aria-label=${strings.history}>
        <div class="header">
          <h2 class="title">${strings.history}</h2>
          ${iconButton({
            icon: 'close',
            label: strings.closeHistory,
            part: 'history-close-button',
            onClick: actions.hideHistory,
          })}
        </div>
        ${this.#body(view)}
      </section>`;
  }

  /** Call after drawing. */
  afterDraw(): void {
    const panel = this.#list && this.#panel;
    if (panel) this.#list?.afterDraw(panel);
    const move = this.#moveFocus;
    this.#moveFocus = null;
    if (move === 'in') this.#focus('[part=history-close-button]');
    if (move === 'composer') this.host.focusComposer();
    if (move === 'back') this.#goBack();
  }

  #body({ strings, ...view }: ChatView) {
    const loaded = part.get(this.host.redraw);
    if (!loaded && this.#missing)
      return html`<p class="empty" role="alert">${strings.historyFailed}</p>`;
    if (!loaded) return skeleton(strings.historyLoading);
    adoptStyles(this.host.shadow(), loaded.css);
    this.#list ??= new loaded.HistoryList({ iconButton, redraw: this.host.redraw });
    return this.#list.render({ strings, ...view });
  }

  #fetchList(): void {
    this.#missing = false;
    part.whenLoaded().catch(() => {
      this.#missing = true;
      this.host.redraw();
    });
  }

  #turn(open: boolean): void {
    const inside = this.#shadowFocus;
    this.#open = open;
    if (open) {
      this.#fetchList();
      this.#cameFrom = inside ?? document.activeElement;
      // A page that opens it by itself, while it loads, shall not lose the focus to it.
      this.#moveFocus = inside || navigator.userActivation?.isActive !== false ? 'in' : null;
    } else {
      this.#moveFocus = this.#chosen ? 'composer' : this.#panel?.contains(inside) ? 'back' : null;
      this.#list = null;
      this.#chosen = false;
    }
  }

  #goBack(): void {
    const place = this.#cameFrom;
    if (place instanceof HTMLElement && place.isConnected) place.focus({ preventScroll: true });
    if (!this.#shadowFocus && (!place || place === document.body))
      this.#focus('[part=history-button]');
  }

  #focus(selector: string): void {
    this.host.shadow().querySelector<HTMLElement>(selector)?.focus({ preventScroll: true });
  }

  get #panel(): Element | null {
    return this.host.shadow().querySelector('.history');
  }

  get #shadowFocus(): Element | null {
    const root = this.host.shadow();
    return root instanceof ShadowRoot ? root.activeElement : null;
  }
}

function skeleton(label: string): TemplateResult {
  return html`<div class="skeleton" role="status" aria-label=${label}>
    <i></i><i></i><i></i><i></i>
  </div>`;
}
