import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { icon } from '../../icons/icon';
import { markdown } from '../../markdown/markdown';
import { isWritable } from '../../thread/state';
import { iconButton } from '../icon-button';
import type { ChatView } from '../view';
import { ComposerActions } from './actions';
import { Choices } from './choices';

/** What stands in the composer of one thread. */
interface Draft {
  text: string;
  reply: string;
}

const EMPTY: Draft = { text: '', reply: '' };

/** Where the user writes. Parts: composer, input, send-button, stop-button, disclaimer. */
export class Composer {
  #drafts = new Map<string | null, Draft>();
  #threadId: string | null = null;
  /** Width and text the height was last made for: reading it anew costs a layout. */
  #measured: string | null = null;

  readonly choices: Choices;
  /** What the menus of the composer offer. */
  readonly actions = new ComposerActions();

  constructor(
    private readonly root: () => ParentNode,
    private readonly changed: () => void,
    onToolChange: (toolId: string | null) => void,
  ) {
    this.choices = new Choices(changed, onToolChange);
  }

  get #draft(): Draft {
    return this.#drafts.get(this.#threadId) ?? EMPTY;
  }

  /** Changes the given fields of the draft on screen. */
  write(change: Partial<Draft>): void {
    this.#drafts.set(this.#threadId, { ...this.#draft, ...change });
    this.changed();
  }

  /** Puts words back that did not get through, before anything typed meanwhile. */
  giveBack(text: string): void {
    const typed = this.#draft.text;
    this.write({ text: typed ? `${text}\n${typed}` : text });
  }

  /** Follows the view to another thread. A new thread that gets its id keeps what was typed. */
  follow(threadId: string | null, created: boolean): void {
    if (threadId === this.#threadId) return;
    const carried = created ? this.#drafts.get(null) : undefined;
    this.#threadId = threadId;
    if (!carried) return;
    this.#drafts.delete(null);
    this.#drafts.set(threadId, carried);
  }

  focus(): void {
    this.#input?.focus({ preventScroll: true });
  }

  /** Call after drawing: the field is as high as its text, up to the limit of its style. */
  fit(): void {
    const input = this.#input;
    const measured = input && `${input.clientWidth} ${input.value}`;
    if (!input || measured === this.#measured) return;
    this.#measured = measured;
    input.style.height = 'auto';
    if (input.scrollHeight > 0) input.style.height = `${input.scrollHeight}px`;
  }

  render(view: ChatView): TemplateResult {
    const { state, strings } = view;
    const status = state.thread?.status;
    if (status?.type === 'closed') {
      return html`<div class="composer-area">
        <p class="closed" part="closed">
          ${icon('lock')}<span>${status.reason || strings.threadClosed}</span>
        </p>
        ${disclaimer(view)}
      </div>`;
    }
    return html`<div class="composer-area">${this.#form(view)}${disclaimer(view)}</div>`;
  }

  #form(view: ChatView): TemplateResult {
    const { state, strings, options } = view;
    const status = state.thread?.status;
    const locked = status?.type === 'locked';
    const placeholder = locked
      ? status.reason || strings.threadLocked
      : (this.choices.tool(options)?.placeholderOverride ??
        options.composer?.placeholder ??
        strings.placeholder);
    const submit = (event: Event) => {
      event.preventDefault();
      this.#submit(view);
    };
    return html`<form class="composer" part="composer" @submit=${submit}>
      ${this.#replyChip(view)}
      <textarea
        class="input"
        part="input"
        rows="1"
        enterkeyhint="send"
        aria-label=${strings.composerLabel}
        placeholder=${placeholder}
        ?disabled=${locked}
        .value=${live(this.#draft.text)}
        @input=${(event: Event) => this.write({ text: (event.target as HTMLTextAreaElement).value })}
        @keydown=${(event: KeyboardEvent) => this.#keydown(event, view)}
      ></textarea>
      ${this.choices.render(options, strings)} ${this.#button(view, locked)}
    </form>`;
  }

  #replyChip({ strings }: ChatView) {
    if (!this.#draft.reply) return nothing;
    return html`<div class="reply">
      <span class="spoken">${strings.replyingTo}</span><span class="reply-text">${this.#draft.reply}</span>
      ${iconButton({
        icon: 'close',
        label: strings.removeReply,
        onClick: () => this.write({ reply: '' }),
      })}
    </div>`;
  }

  #button({ state, strings, actions }: ChatView, locked: boolean) {
    if (state.phase === 'responding' && state.allowCancel) {
      const label = state.stopping ? strings.stopping : strings.stop;
      return html`<button
        type="button"
        class=${state.stopping ? 'round-button stopping' : 'round-button'}
        part="stop-button"
        aria-label=${label}
        title=${label}
        ?disabled=${state.stopping}
        @click=${actions.stop}
      >
        ${icon('stop')}
      </button>`;
    }
    return html`<button
      type="submit"
      class="round-button"
      part="send-button"
      aria-label=${strings.send}
      title=${strings.send}
      ?disabled=${locked || state.phase !== 'idle' || !this.#draft.text.trim()}
    >
      ${icon('arrow-up')}
    </button>`;
  }

  #keydown(event: KeyboardEvent, view: ChatView): void {
    // While an input method is open, Enter picks a word. Safari says so only by this key code.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229)
      return;
    event.preventDefault();
    this.#submit(view);
  }

  #submit({ state, actions, options }: ChatView): void {
    const { text, reply } = this.#draft;
    if (!text.trim() || state.phase !== 'idle' || !isWritable(state)) return;
    this.write(EMPTY);
    const tool = this.choices.tool(options);
    actions.send({
      text,
      reply,
      toolChoice: tool && { id: tool.id },
      model: this.choices.model(options)?.id,
    });
    this.choices.used(options);
  }

  get #input(): HTMLTextAreaElement | null {
    return this.root().querySelector('textarea.input');
  }
}

function disclaimer(view: ChatView) {
  const given = view.options.disclaimer;
  if (!given?.text) return nothing;
  return html`<div
    class=${given.highContrast ? 'disclaimer strong' : 'disclaimer'}
    part="disclaimer"
  >
    <div class="prose">${markdown(given.text, false, view.markdown)}</div>
  </div>`;
}
