import type { ChatKitOptions, OpenAIChatKit } from '@openai/chatkit';
import { html, nothing, render, type TemplateResult } from 'lit';
import { icon } from '../../icons/icon';
import { Lazy } from '../../lazy/lazy';
import type { UserMessage } from '../../protocol/items';
import { adoptStyles } from '../../theme/adopt-styles';
import { isWritable } from '../../thread/state';
import { readContent } from '../../thread/user-input';
import type { DeskHost } from '../attachments/attachment-desk';
import { Attachments } from '../attachments/attachments';
import { tagContent } from '../entities/tag';
import { iconButton } from '../icon-button';
import type { Suggesting } from '../suggestions/suggesting';
import { isTouch } from '../touch';
import type { ChatView } from '../view';
import { ComposerActions } from './actions';
import { Choices } from './choices';
import { disclaimer } from './disclaimer';
import { type Draft, Drafts, EMPTY, hasWords, sendable, textContent } from './draft';
import { Editor } from './editor';
import { tagAt } from './editor-content';

type ComposerValue = Parameters<OpenAIChatKit['setComposerValue']>[0];

interface ComposerHost extends Omit<DeskHost, 'threadId' | 'write'> {
  toolChanged(toolId: string | null): void;
}

/**
 * Where the user writes.
 * Parts: composer, input, tag, send-button, stop-button, disclaimer.
 */
export class Composer {
  readonly #drafts = new Drafts();
  readonly #editor: Editor;
  readonly #suggestionsPart = new Lazy(() => import('../../parts/suggestions'));
  #suggestions: Suggesting | null = null;
  /** Something was typed that the list has not seen. */
  #early = false;
  #view: ChatView | null = null;

  readonly attachments: Attachments;
  readonly choices: Choices;
  /** What the menus of the composer offer. */
  readonly actions = new ComposerActions();

  constructor(private readonly host: ComposerHost) {
    const { root, changed, toolChanged } = host;
    const threadId = () => this.#drafts.threadId;
    const write = () => this.focusGently();
    const writable = () => host.writable() && !this.#locked;
    this.attachments = new Attachments({ ...host, threadId, write, writable }, this.actions);
    this.choices = new Choices({
      root,
      changed,
      toolChanged,
      chosen: () => this.focusGently(),
      actions: this.actions,
    });
    this.#editor = new Editor({
      drawChip: (chip, tag) => render(tagContent(tag), chip),
      arrived: this.#arrived,
      changed: (content, typed) => {
        this.write({ content });
        this.#early = typed && !this.#suggestions;
        if (typed) this.#suggesting?.typed();
      },
      pressed: (event) => this.#suggesting?.pressed(event) ?? false,
      moved: () => this.#suggesting?.moved(),
      pointed: (event) => {
        const chip = (event.target as Element).closest<HTMLElement>('.tag');
        const tag = chip && tagAt(chip);
        if (tag) this.#view?.entities.met(event, chip, tag);
      },
      submit: () => this.#submit(),
    });
  }

  /** What stands here and goes out with the next message. */
  get draft(): Draft {
    return this.#drafts.current;
  }

  /** Changes the given fields of the draft on screen. */
  write(change: Partial<Draft>): void {
    this.#drafts.write(change);
    this.host.changed();
  }

  /** Puts text where the caret is, as if it were typed. */
  insertText(text: string): void {
    this.#editor.insertText(text);
  }

  /** What stands around the caret; null while what knows is on its way. */
  get writing(): Editor['writing'] {
    return this.#editor.writing;
  }

  /** What a page sets by `setComposerValue`. */
  setValue(params: ComposerValue, options: ChatKitOptions | null): void {
    const { reply, selectedToolId, selectedModelId } = params;
    this.choices.selectNamed(options, selectedToolId, selectedModelId);
    if (params.content || params.text !== undefined) {
      this.write({
        content: params.content ? readContent(params) : textContent(params.text ?? ''),
      });
    }
    if (reply !== undefined) this.write({ reply });
  }

  /** Puts a message back that did not get through. */
  giveBack(message: UserMessage): void {
    this.#drafts.giveBack(message);
    this.attachments.desk?.addUploaded(message.attachments, false);
    this.host.changed();
  }

  follow(threadId: string | null, created: boolean): void {
    if (this.#drafts.follow(threadId, created) && threadId) {
      this.attachments.desk?.carry(threadId);
    }
  }

  focus(): void {
    this.#editor.focus();
  }

  /** Not where it would open an on-screen keyboard over the answer. */
  focusGently(): void {
    if (!isTouch()) this.focus();
  }

  /** Call after drawing. */
  afterDraw(options: ChatKitOptions | null): void {
    this.choices.check(options);
    const root = this.host.root();
    this.attachments.desk?.watch(root.querySelector('.chat'));
    const { content } = this.#locked ? EMPTY : this.draft;
    const area = root.querySelector('.main')?.lastElementChild;
    this.#editor.show(area?.querySelector<HTMLElement>('.input') ?? null, content);
    this.#suggesting?.settle();
  }

  /** `instead`: what stands in the place of the field. */
  render(view: ChatView, instead: TemplateResult | null = null): TemplateResult {
    this.#view = view;
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
    return html`<div class="composer-area">
      ${instead ?? html`${this.attachments.above(view)}${this.#form(view)}`}${disclaimer(view)}
    </div>`;
  }

  #form(view: ChatView): TemplateResult {
    const { state, strings, options } = view;
    const status = state.thread?.status;
    const locked = this.#locked;
    const placeholder =
      status?.type === 'locked'
        ? status.reason || strings.threadLocked
        : (this.choices.tool(options)?.placeholderOverride ??
          options.composer?.placeholder ??
          strings.placeholder);
    const dictated = !locked && options.composer?.dictation?.enabled;
    const dictation = dictated ? view.answers.dictation() : null;
    const submit = (event: Event) => {
      event.preventDefault();
      this.#submit();
    };
    const left = ({ currentTarget, relatedTarget }: FocusEvent) => {
      const inside = (currentTarget as Node).contains(relatedTarget as Node | null);
      if (!inside) this.#suggesting?.close();
    };
    return html`<form class="composer" part="composer" @submit=${submit} @focusout=${left}>
      ${locked ? nothing : this.#suggesting?.render()}
      ${this.#replyChip(view)} ${this.attachments.desk?.tray()}
      ${this.#editor.render({
        label: strings.composerLabel,
        placeholder,
        disabled: locked,
        empty: locked || this.draft.content.length === 0,
        suggests: suggests(options),
        activeLine: this.#suggesting?.activeId ?? null,
      })}
      ${
        dictation?.bar(state.thread?.id ?? null) ??
        html`${locked ? nothing : this.choices.render(view)}
          <div class="ends">
            ${locked ? nothing : this.#suggesting ? this.#suggesting.button() : mentions(options)}
            ${dictation ? dictation.button() : dictated ? SLOT : nothing}
            ${this.#button(view, locked)}
          </div>`
      }
    </form>`;
  }

  /** The list of what can be mentioned and done; null where there is none, or not yet. */
  get #suggesting(): Suggesting | null {
    if (!this.#view || !suggests(this.#view.options)) return null;
    const { root, changed, report } = this.host;
    const part = this.#suggestionsPart.get(this.#arrived);
    const { writing } = this.#editor;
    if (!part || !writing || this.#suggestions) return this.#suggestions;
    adoptStyles(root(), part.css);
    this.#suggestions = new part.Suggesting({
      writing,
      icon,
      root,
      changed,
      report,
      view: () => this.#shown,
      actions: () => this.actions.list(this.#shown),
      focus: () => this.focus(),
    });
    return this.#suggestions;
  }

  readonly #arrived = (): void => {
    if (this.#early) this.#suggesting?.catchUp();
    this.host.changed();
  };

  get #shown(): ChatView {
    if (!this.#view) throw new Error('ChatKit: nothing is shown yet.');
    return this.#view;
  }

  /** The reason is shown then, and what was written waits. */
  get #locked(): boolean {
    const view = this.#view;
    return (
      view?.state.thread?.status.type === 'locked' || view?.options.composer?.disabled === true
    );
  }

  #replyChip({ strings }: ChatView) {
    if (!this.draft.reply) return nothing;
    return html`<div class="reply">
      <span class="spoken">${strings.replyingTo}</span><span class="reply-text">${this.draft.reply}</span>
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
      ?disabled=${locked || state.phase !== 'idle' || !this.#sendable || this.attachments.desk?.obstacle}
    >
      ${icon('arrow-up')}
    </button>`;
  }

  /** Words, or files alone: the server takes both. */
  get #sendable(): boolean {
    return hasWords(this.draft.content) || !!this.attachments.desk?.items.length;
  }

  #submit(): void {
    const { content, reply } = this.draft;
    if (!this.#view || !this.#sendable) return;
    const { state, actions } = this.#view;
    if (state.phase !== 'idle' || !isWritable(state)) return;
    const { desk } = this.attachments;
    const attachments = desk ? desk.take() : [];
    if (!attachments) return;
    this.#drafts.clear();
    actions.send({ content: sendable(content), reply, attachments });
  }
}

/** The room of a button whose code is on its way: those beside it stay where they are. */
const SLOT = html`<i class="slot"></i>`;

function mentions({ entities }: ChatKitOptions) {
  return entities?.showComposerMenu && entities.onTagSearch ? SLOT : nothing;
}

function suggests({ entities, commands }: ChatKitOptions): boolean {
  return commands?.enabled === true || entities?.onTagSearch !== undefined;
}
