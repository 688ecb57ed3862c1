import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { relativeDate } from '../../locales/locales';
import type { Thread } from '../../protocol/threads';
import { readTimestamp } from '../../protocol/timestamps';
import { iconButton } from '../icon-button';
import type { ChatView } from '../view';

/** The past chats, over the current one. Parts: history, history-item. */
export class HistoryPanel {
  #editing: string | null = null;
  #removing: string | null = null;
  /** The row whose form was left: the focus was inside and has nowhere to be. */
  #left: string | null = null;

  constructor(private readonly changed: () => void) {}

  render(view: ChatView): TemplateResult | typeof nothing {
    const { history, strings, actions } = view;
    if (!history.open) {
      this.#editing = null;
      this.#removing = null;
      return nothing;
    }
    return html`<div class="scrim" @click=${actions.hideHistory}></div>
      <section
        class="history"
        part="history"
        role="dialog"
        aria-modal="true"
        aria-label=${strings.history}
      >
        <div class="header">
          <h2 class="title" aria-level=${view.headingLevel}>${strings.history}</h2>
          ${iconButton({
            icon: 'close',
            label: strings.closeHistory,
            part: 'history-close-button',
            onClick: actions.hideHistory,
          })}
        </div>
        <div class="history-body">${this.#list(view)}</div>
      </section>`;
  }

  #list(view: ChatView) {
    const { history, strings } = view;
    const loading = history.status === 'loading';
    if (!history.loaded && loading) return skeleton(strings.historyLoading);
    if (history.loaded && history.threads.length === 0 && !history.message) {
      return html`<p class="empty">${strings.historyEmpty}</p>`;
    }
    return html`${this.#failure(view)}
      <ul class="threads">
        ${repeat(
          history.threads,
          (thread) => thread.id,
          (thread) => html`<li>${this.#thread(thread, view)}</li>`,
        )}
      </ul>
      ${
        history.hasMore
          ? html`<button
              type="button"
              class="text-button more"
              ?disabled=${loading}
              @click=${view.actions.moreHistory}
            >
              ${strings.historyMore}
            </button>`
          : nothing
      }`;
  }

  #failure({ history, strings, actions }: ChatView) {
    if (history.status !== 'failed') return nothing;
    return html`<div class="notice" data-level="danger" role="alert">
      <div class="notice-text">
        <p>${history.message ?? strings.historyFailed}</p>
        <p class="remedies">
          <button type="button" class="text-button" @click=${actions.reloadHistory}>
            ${strings.tryAgain}
          </button>
        </p>
      </div>
    </div>`;
  }

  #thread(thread: Thread, view: ChatView): TemplateResult {
    if (this.#editing === thread.id) return this.#renaming(thread, view);
    if (this.#removing === thread.id) return this.#confirming(thread, view);
    const { state, strings, options, actions, locale } = view;
    const title = thread.title || strings.untitled;
    const created = readTimestamp(thread.created_at);
    return html`<div class="thread" part="history-item">
      <button
        type="button"
        class="thread-open"
        data-thread=${thread.id}
        aria-current=${state.thread?.id === thread.id ? 'true' : nothing}
        @click=${() => actions.openThread(thread.id)}
      >
        <span class="thread-title">${title}</span>
        ${
          created
            ? html`<time datetime=${created.toISOString()}
                >${relativeDate(created, new Date(), locale)}</time
              >`
            : nothing
        }
      </button>
      ${
        options.history?.showRename
          ? iconButton({
              icon: 'write',
              label: strings.rename(title),
              onClick: () => this.#edit(thread.id),
            })
          : nothing
      }
      ${
        options.history?.showDelete
          ? iconButton({
              icon: 'trash',
              label: strings.remove(title),
              onClick: () => this.#askToRemove(thread.id),
            })
          : nothing
      }
    </div>`;
  }

  #renaming(thread: Thread, { strings, actions }: ChatView): TemplateResult {
    const save = (event: SubmitEvent) => {
      event.preventDefault();
      const title = new FormData(event.target as HTMLFormElement).get('title');
      this.#edit(null);
      actions.renameThread(thread, String(title ?? ''));
    };
    return html`<form class="renaming" @submit=${save} @keydown=${this.#cancelOnEscape}>
      <input
        name="title"
        class="focus-first"
        maxlength="200"
        autocomplete="off"
        aria-label=${strings.renameLabel}
        .value=${thread.title ?? ''}
      />
      <button type="submit" class="text-button">${strings.save}</button>
      <button type="button" class="text-button" @click=${() => this.#edit(null)}>
        ${strings.cancel}
      </button>
    </form>`;
  }

  #confirming(thread: Thread, { strings, actions }: ChatView): TemplateResult {
    const remove = () => {
      this.#askToRemove(null);
      // The row is about to go: no row has this name, so the focus goes to the panel itself.
      this.#left = '';
      actions.deleteThread(thread);
    };
    return html`<div class="confirming" role="group" @keydown=${this.#cancelOnEscape}>
      <p>${strings.confirmRemove(thread.title || strings.untitled)}</p>
      <p class="remedies">
        <button type="button" class="text-button danger" @click=${remove}>
          ${strings.removeNow}
        </button>
        <button type="button" class="text-button focus-first" @click=${() => this.#askToRemove(null)}>
          ${strings.cancel}
        </button>
      </p>
    </div>`;
  }

  /** Escape leaves the row first; the next one closes the panel. */
  #cancelOnEscape = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    this.#edit(null);
  };

  #edit(threadId: string | null): void {
    this.#left = threadId ? null : (this.#editing ?? this.#removing);
    this.#editing = threadId;
    this.#removing = null;
    this.changed();
  }

  #askToRemove(threadId: string | null): void {
    this.#edit(null);
    this.#removing = threadId;
  }

  /** Where the focus belongs after a row's form was left; asked for once. */
  takeFocusTarget(panel: Element): HTMLElement | null {
    const left = this.#left;
    this.#left = null;
    if (left === null) return null;
    const rows = [...panel.querySelectorAll<HTMLElement>('.thread-open')];
    const close = panel.querySelector<HTMLElement>('[part=history-close-button]');
    return rows.find((row) => row.dataset.thread === left) ?? close;
  }
}

function skeleton(label: string): TemplateResult {
  return html`<div class="skeleton" role="status" aria-label=${label}>
    <i></i><i></i><i></i><i></i>
  </div>`;
}
