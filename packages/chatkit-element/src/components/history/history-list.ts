import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from '../../lazy/repeat';
import { relativeDate } from '../../locales/dates';
import type { Thread } from '../../protocol/threads';
import { readTimestamp } from '../../protocol/timestamps';
import type { iconButton } from '../icon-button';
import type { ChatView } from '../view';
import { confirmation, renameForm } from './history-forms';
import { step } from './history-keys';

interface ListHost {
  iconButton: typeof iconButton;
  redraw(): void;
}

type Form = 'rename' | 'remove';
/** What of a row has the focus: the chat itself, or one of the two buttons beside it. */
type Place = { threadId: string; control: 'open' | Form };

/** How near the end, in px, the next page is asked for. */
const NEAR_END = 200;

/** The past chats, newest first, each to be opened, renamed, deleted. Parts: history-item. */
export class HistoryList {
  /** The row that is asked about, and what. */
  #asked: { threadId: string; form: Form } | null = null;
  /** Where the focus goes once it is drawn. */
  #focusNext: Place | null = null;
  /** So many rows were there when somebody at a keyboard asked for more. */
  #rowsBefore: number | null = null;

  constructor(private readonly host: ListHost) {}

  render(view: ChatView): TemplateResult {
    const { history, strings, actions } = view;
    const nearEnd = ({ currentTarget }: Event) => {
      const { scrollHeight, scrollTop, clientHeight } = currentTarget as Element;
      const isNear = scrollHeight - scrollTop - clientHeight < NEAR_END;
      if (isNear && history.hasMore && history.status === 'idle') actions.moreHistory();
    };
    return html`<div class="history-body" @scroll=${nearEnd} @keydown=${step}>
      ${this.#failure(view)}
      ${history.loaded || history.status !== 'loading' ? this.#threads(view) : skeleton(strings.historyLoading)}
    </div>`;
  }

  /** Call after drawing. */
  afterDraw(panel: Element): void {
    const wanted = this.#focusNext;
    this.#focusNext = null;
    if (wanted) this.#focusRow(panel, wanted);
    this.#focusFirstNew(panel);
  }

  #threads(view: ChatView) {
    const { history, strings, actions } = view;
    if (history.loaded && history.threads.length === 0) {
      const begin = () => {
        actions.hideHistory();
        actions.newChat();
      };
      return html`<div class="empty">
        <p>${strings.historyEmpty}</p>
        <button type="button" class="text-button" @click=${begin}>${strings.newChat}</button>
      </div>`;
    }
    return html`<ul class="threads">
        ${repeat(
          history.threads,
          ({ id }) => id,
          (thread) => this.#row(thread, view),
        )}
      </ul>
      ${history.hasMore ? this.#more(view) : nothing}`;
  }

  #more({ history, strings, actions }: ChatView): TemplateResult {
    const loading = history.status === 'loading';
    const more = () => {
      if (loading) return;
      this.#rowsBefore = history.threads.length;
      actions.moreHistory();
    };
    return html`<button
      type="button"
      class="text-button more"
      aria-disabled=${loading}
      @click=${more}
    >
      ${loading ? strings.historyLoading : strings.historyMore}
    </button>`;
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

  #row(thread: Thread, view: ChatView): TemplateResult {
    const asked = this.#asked;
    const form = asked?.threadId === thread.id ? asked.form : null;
    const aside = asked?.form === 'remove' && form === null;
    return html`<li ?inert=${aside}>${form ? this.#form(form, thread, view) : this.#thread(thread, view)}</li>`;
  }

  #thread(thread: Thread, view: ChatView): TemplateResult {
    const { state, strings, options, actions, locale } = view;
    const title = thread.title || strings.untitled;
    const created = readTimestamp(thread.created_at);
    const time = created && relativeDate(created, new Date(), locale);
    return html`<div class="thread" part="history-item" data-thread=${thread.id}>
      <button
        type="button"
        class="thread-open"
        data-control="open"
        aria-current=${state.thread?.id === thread.id ? 'true' : nothing}
        @click=${() => actions.openThread(thread.id)}
      >
        <span class="thread-title"><bdi>${title}</bdi></span>
        ${created ? html`<time datetime=${created.toISOString()}>${time}</time>` : nothing}
      </button>
      <span class="thread-tools">
        ${options.history?.showRename ? this.#button(thread, 'rename', 'write', strings.rename(title)) : nothing}
        ${options.history?.showDelete ? this.#button(thread, 'remove', 'trash', strings.remove(title)) : nothing}
      </span>
    </div>`;
  }

  #button({ id }: Thread, form: Form, icon: string, label: string): TemplateResult {
    const ask = () => {
      this.#asked = { threadId: id, form };
      this.host.redraw();
    };
    return html`<span data-control=${form}>${this.host.iconButton({ icon, label, onClick: ask })}</span>`;
  }

  #form(form: Form, thread: Thread, view: ChatView): TemplateResult {
    const { strings, actions, history } = view;
    const leave = () => this.#leave({ threadId: thread.id, control: form });
    if (form === 'rename') {
      const save = (title: string) => {
        leave();
        actions.renameThread(thread, title);
      };
      return renameForm({ title: thread.title ?? '', strings, save, leave });
    }
    const remove = () => {
      this.#leave(neighbour(history.threads, thread));
      actions.deleteThread(thread);
    };
    return confirmation({ title: thread.title || strings.untitled, strings, remove, leave });
  }

  #leave(next: Place): void {
    this.#asked = null;
    this.#focusNext = next;
    this.host.redraw();
  }

  #focusRow(panel: Element, { threadId, control }: Place): void {
    const row = [...panel.querySelectorAll<HTMLElement>('.thread')].find(
      ({ dataset }) => dataset.thread === threadId,
    );
    const place = row?.querySelector<HTMLElement>(`[data-control=${control}]`);
    const button = place?.querySelector('button') ?? place;
    (button ?? panel.querySelector<HTMLElement>('.empty button'))?.focus();
  }

  /** The button that asked for more moves down, or goes: who pressed it goes on with what came. */
  #focusFirstNew(panel: Element): void {
    const before = this.#rowsBefore;
    const rows = panel.querySelectorAll<HTMLElement>('.thread-open');
    if (before === null || rows.length <= before) return;
    this.#rowsBefore = null;
    rows[before]?.focus();
  }
}

/** The row that takes the focus of one that goes. */
function neighbour(threads: readonly Thread[], { id }: Thread): Place {
  const index = threads.findIndex((thread) => thread.id === id);
  const next = threads[index + 1] ?? threads[index - 1];
  return { threadId: next?.id ?? '', control: 'open' };
}

function skeleton(label: string): TemplateResult {
  return html`<div class="skeleton" role="status" aria-label=${label}>
    <i></i><i></i><i></i><i></i>
  </div>`;
}
