import { html, nothing, type TemplateResult } from 'lit';
import { Lazy } from '../../lazy/lazy';
import { type DraftPart, textContent } from './draft';
import { type DrawChip, fill, holdOpen, isForeign, read } from './editor-content';
import type { Writing } from './writing';

interface EditorHost {
  drawChip: DrawChip;
  /** What was missing is there. */
  arrived(): void;
  /** The content is another now; `typed` when the user has typed it here. */
  changed(content: readonly DraftPart[], typed: boolean): void;
  /** A key was pressed that no input method wants. True when it was used: then nothing else happens. */
  pressed(event: KeyboardEvent): boolean;
  submit(): void;
  /** The caret may be elsewhere now. */
  moved(): void;
  /** A pointer comes to something in the text, or leaves it. */
  pointed(event: PointerEvent): void;
}

export interface EditorLook {
  label: string;
  placeholder: string;
  disabled: boolean;
  /** Nothing is written: the placeholder shows. */
  empty: boolean;
  /** A list may open while the user types; its line that Enter would choose. */
  suggests: boolean;
  activeLine: string | null;
}

/**
 * Text with chips in it, of any number of lines. The document is what counts while the user types,
 * and is left alone then: input methods and on-screen keyboards lose their way otherwise. What
 * browsers do not do well by themselves is done by a part, fetched when the caret comes here.
 */
export class Editor {
  node: HTMLElement | null = null;
  content: readonly DraftPart[] = [];
  /** The last key had no name, as those of on-screen keyboards. */
  nameless = false;
  readonly #part = new Lazy(() => import('../../parts/writing'));
  #writing: Writing | null = null;
  #mode: string | null = null;

  constructor(private readonly host: EditorHost) {}

  render(look: EditorLook): TemplateResult {
    const { label, placeholder, disabled, empty, suggests, activeLine } = look;
    this.#mode ??= editableMode();
    return html`<div
      class="input"
      part="input"
      role="textbox"
      tabindex=${disabled ? -1 : 0}
      contenteditable=${disabled ? 'false' : this.#mode}
      enterkeyhint="send"
      aria-multiline="true"
      aria-label=${label}
      aria-placeholder=${placeholder}
      aria-disabled=${disabled}
      aria-haspopup=${suggests ? 'listbox' : nothing}
      aria-autocomplete=${suggests ? 'list' : nothing}
      aria-controls=${activeLine ? 'suggestions' : nothing}
      aria-activedescendant=${activeLine ?? nothing}
      data-placeholder=${empty ? placeholder : nothing}
      @focus=${() => this.writing}
      @keydown=${this.#keydown}
      @keyup=${this.host.moved}
      @pointerup=${this.host.moved}
      @pointerover=${this.host.pointed}
      @pointerout=${this.host.pointed}
      @beforeinput=${this.#help}
      @input=${this.#input}
      @compositionstart=${this.#help}
      @compositionend=${this.#input}
      @paste=${this.#help}
      @copy=${this.#help}
      @cut=${this.#help}
    ></div>`;
  }

  /** Caret, clipboard, undo; null until it was fetched, and the browser does what it can. */
  get writing(): Writing | null {
    const part = this.#part.get(this.host.arrived);
    if (part) this.#writing ??= new part.Writing(this);
    return this.#writing;
  }

  /** Call after drawing: brings `content` into the document, unless it came from there. */
  show(node: HTMLElement | null, content: readonly DraftPart[]): void {
    if (!node || (node === this.node && content === this.content)) return;
    this.node = node;
    this.#fill(content);
    this.#writing?.forget();
    if (this.hasFocus) this.#toEnd();
  }

  get hasFocus(): boolean {
    return (this.node?.getRootNode() as Partial<ShadowRoot>)?.activeElement === this.node;
  }

  focus(): void {
    if (!this.node || this.hasFocus) return;
    this.node.focus({ preventScroll: true });
    if (!this.writing?.span?.end) this.#toEnd();
  }

  /** At the caret, as if it were typed. */
  insertText(text: string): void {
    if (this.writing) this.writing.insertText(text);
    else this.put([...this.content, ...textContent(text)]);
  }

  put(content: readonly DraftPart[]): void {
    this.#fill(content);
    this.host.changed(content, false);
  }

  submit(): void {
    this.host.submit();
  }

  #fill(content: readonly DraftPart[]): void {
    this.content = content;
    if (this.node) fill(this.node, content, this.host.drawChip);
  }

  #toEnd(): void {
    const { node } = this;
    // Before the line break that only holds the last line open.
    const end = (node?.childNodes.length ?? 0) - Number(node?.lastChild?.nodeName === 'BR');
    document.getSelection()?.setBaseAndExtent(node as Node, end, node as Node, end);
    if (node) node.scrollTop = node.scrollHeight;
  }

  #input = (event: Event): void => {
    const { node } = this;
    if (!node) return;
    this.content = read(node);
    if (!(event as InputEvent).isComposing) {
      if (isForeign(node)) this.writing?.tidy();
      holdOpen(node);
    }
    this.host.changed(this.content, true);
  };

  #help = (event: Event): void => this.writing?.handle(event);

  #keydown = (event: KeyboardEvent): void => {
    // While an input method is open, its keys are its own. Safari says so only by this key code,
    // for the key that closes it, too; on-screen keyboards give it to every key.
    this.nameless = event.keyCode === 229;
    if (event.isComposing || this.nameless) return;
    if (this.host.pressed(event) || this.writing?.pressed(event)) event.preventDefault();
    else if (event.key === 'Enter' && !event.shiftKey && !event.altKey) {
      event.preventDefault();
      if (!event.repeat) this.submit();
    }
  };
}

/** Without markup where the browser can, so that its menus and keyboards offer none. */
function editableMode(): string {
  const probe = document.createElement('div');
  probe.setAttribute('contenteditable', 'plaintext-only');
  return probe.contentEditable === 'plaintext-only' ? 'plaintext-only' : 'true';
}
