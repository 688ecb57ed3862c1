import type { ChatKitOptions, Entity } from '@openai/chatkit';
import { html, nothing, type TemplateResult } from 'lit';
import type { ComposerAction } from '../composer/actions';
import type { Writing } from '../composer/writing';
import type { ChatView } from '../view';
import type { Trigger } from './suggestion';
import { Suggestions } from './suggestions';

/** At the start of a word, and only as it is typed: what is pasted stays text. */
const OPENS = /(?:(?:^|[\s([{"'\ufffc])@|(?:^|\s)\/)$/;
/** A word does not begin with a space, and nothing is that long. */
const ENDS = /^\s|\n|^.{60}/;

interface SuggestingHost {
  writing: Writing;
  icon(name: string): TemplateResult;
  root(): ParentNode;
  view(): ChatView;
  actions(): readonly ComposerAction[];
  /** Puts the caret into the text. */
  focus(): void;
  changed(): void;
  report(error: unknown): void;
}

/** Notices when the user begins to mention something or to give a command, and shows the list for it. */
export class Suggesting {
  readonly #list: Suggestions;
  /** From the trigger to the caret. */
  #session: { trigger: Trigger; start: number; end: number } | null = null;

  constructor(private readonly host: SuggestingHost) {
    this.#list = new Suggestions({
      ...host,
      insert: (entity) => this.#put(entity),
      remove: () => this.#put(null),
      restart: () => this.#shorten(),
      close: () => this.close(),
    });
  }

  /** The id of the line that Enter would choose; null when there is none. */
  get activeId(): string | null {
    return this.#list.activeId;
  }

  /** Call after each key that changed the text. */
  typed(): void {
    const text = this.host.writing.textBeforeCaret;
    const trigger = OPENS.test(text) && (text.at(-1) as Trigger);
    if (trigger && this.#offers(trigger) && this.#session?.start !== text.length - 1) {
      this.close();
      this.#session = { trigger, start: text.length - 1, end: text.length };
    }
    this.moved();
  }

  /** Call when something was typed before this was there. */
  catchUp(): void {
    const text = this.host.writing.textBeforeCaret;
    const word = text.search(/\S*$/);
    const trigger = text[word] as Trigger;
    if (/[@/]/.test(trigger) && this.#offers(trigger))
      this.#session = { trigger, start: word, end: text.length };
    this.moved();
  }

  /** Call when the caret may be elsewhere. */
  moved(): void {
    if (!this.#session) return;
    const { trigger, start } = this.#session;
    const text = this.host.writing.textBeforeCaret;
    const query = text.slice(start + 1);
    this.#session.end = text.length;
    if (text[start] !== trigger || ENDS.test(query)) this.close();
    else this.#list.search(trigger, query);
  }

  pressed(event: KeyboardEvent): boolean {
    return this.#session !== null && this.#list.pressed(event);
  }

  close(): void {
    if (!this.#session) return;
    this.#session = null;
    this.#list.close();
    this.host.changed();
  }

  /** The list, and what is read aloud about it. */
  render(): TemplateResult {
    return html`${this.#list.render()}
      <div class="spoken" role="status">${this.#list.announcement}</div>`;
  }

  /** Types an "@" for those who do not know that they could. Part: mention-button. */
  button(): TemplateResult | typeof nothing {
    const { options, strings } = this.host.view();
    if (!options.entities?.showComposerMenu || !options.entities.onTagSearch) return nothing;
    return html`<button
      type="button"
      class="icon-button mention"
      part="mention-button"
      aria-label=${strings.mention}
      title=${strings.mention}
      @mousedown=${(event: Event) => event.preventDefault()}
      @click=${this.#mention}
    >
      <span aria-hidden="true">@</span>
    </button>`;
  }

  /** Call after drawing: the list has the room between the composer and the upper edge. */
  settle(): void {
    const list = this.#session && this.host.root().querySelector<HTMLElement>('.suggestions');
    if (!list) return;
    const edge = list.closest('.chat')?.getBoundingClientRect().top ?? 0;
    const top = list.parentElement?.getBoundingClientRect().top ?? 0;
    const seen = globalThis.visualViewport?.offsetTop ?? 0;
    list.style.setProperty('--room', `${Math.floor(top - Math.max(edge, seen) - 16)}px`);
    this.#list.settle(list.querySelector<HTMLElement>('.suggestion-lines'));
  }

  #offers(trigger: Trigger): boolean {
    const { entities, commands }: ChatKitOptions = this.host.view().options;
    return trigger === '@' ? entities?.onTagSearch !== undefined : commands?.enabled === true;
  }

  readonly #mention = (): void => {
    const { writing } = this.host;
    this.host.focus();
    writing.insertText(/(?:^|\s)$/.test(writing.textBeforeCaret) ? '@' : ' @');
    this.typed();
  };

  /** In place of what was typed for the list. */
  #put(entity: Entity | null): void {
    const { writing } = this.host;
    const span = this.#session;
    this.close();
    if (!span) return;
    if (entity) writing.insertTag(tagOf(entity), span);
    else writing.replace(span, []);
  }

  /** Leaves the trigger alone. */
  #shorten(): void {
    const span = this.#session;
    if (!span || span.end === span.start + 1) return;
    this.host.writing.replace({ start: span.start + 1, end: span.end }, []);
    span.end = span.start + 1;
  }
}

function tagOf({ id, title, group, data, interactive, icon: name }: Entity) {
  return {
    type: 'input_tag' as const,
    id,
    text: title,
    group,
    data: data ?? {},
    interactive: interactive ?? false,
    icon: name,
  };
}
