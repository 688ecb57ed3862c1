import { html, nothing, type TemplateResult } from 'lit';
import { placeCaret, type Span, selectedIn, spanOf } from './caret';
import { contentText, type DraftPart, type TagPart, textContent } from './draft';
import {
  type DrawChip,
  fill,
  holdOpen,
  isForeign,
  lengthOfContent,
  read,
  slice,
  splice,
} from './editor-content';
import { type Step, UndoHistory } from './undo';

interface EditorHost {
  drawChip: DrawChip;
  /** The user, or a method of this editor, has changed the content. */
  changed(content: readonly DraftPart[], typed: boolean): void;
  /** A key was pressed that no input method wants. True when it was used: then nothing else happens. */
  pressed(event: KeyboardEvent): boolean;
  submit(): void;
}

export interface EditorLook {
  label: string;
  placeholder: string;
  disabled: boolean;
  /** Nothing is written: the placeholder shows. */
  empty: boolean;
}

/**
 * Text with chips in it, of any number of lines. The document is what counts while the user types,
 * and is left alone then: input methods and on-screen keyboards lose their way otherwise.
 */
export class Editor {
  #node: HTMLElement | null = null;
  #content: readonly DraftPart[] = [];
  #undo = new UndoHistory();
  #mode: string | null = null;
  /** The last key had no name, as those of on-screen keyboards. */
  #nameless = false;

  constructor(private readonly host: EditorHost) {}

  render({ label, placeholder, disabled, empty }: EditorLook): TemplateResult {
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
      data-placeholder=${empty ? placeholder : nothing}
      @beforeinput=${this.#beforeInput}
      @input=${this.#input}
      @keydown=${this.#keydown}
      @compositionstart=${() => this.#record('')}
      @compositionend=${this.#input}
      @paste=${this.#paste}
      @copy=${this.#copy}
      @cut=${this.#copy}
    ></div>`;
  }

  /** Call after drawing: brings `content` into the document, unless it came from there. */
  show(node: HTMLElement | null, content: readonly DraftPart[]): void {
    if (!node || (node === this.#node && content === this.#content)) return;
    this.#node = node;
    this.#content = content;
    this.#undo.forget();
    this.#fill(lengthOfContent(content));
  }

  focus(): void {
    const node = this.#node;
    if (!node || holdsFocus(node)) return;
    node.focus({ preventScroll: true });
    if (!this.span) placeCaret(node, lengthOfContent(this.#content));
  }

  /** What is selected; null while the caret is elsewhere. */
  get span(): Span | null {
    const ends = this.#node && selectedIn(this.#node);
    return ends && this.#node ? spanOf(this.#node, ends) : null;
  }

  /** Everything up to the caret, a chip being one character of its own. */
  get textBeforeCaret(): string {
    const before = slice(this.#content, 0, this.#here.end);
    return before.map((part) => (part.type === 'input_tag' ? '\ufffc' : part.text)).join('');
  }

  insertText(text: string): void {
    this.replace(this.#here, textContent(text.replace(/\r\n?/g, '\n')));
  }

  /** Puts a chip in place of what is between two positions, and goes on behind it. */
  insertTag(tag: TagPart, { start, end }: Span): void {
    const next = contentText(slice(this.#content, end, end + 1));
    const space = /^\s/.test(next) ? [] : textContent(' ');
    this.replace({ start, end }, [tag, ...space]);
  }

  replace(span: Span, put: readonly DraftPart[]): void {
    this.#record('');
    this.#content = splice(this.#content, span, put);
    this.#fill(span.start + lengthOfContent(put));
    this.host.changed(this.#content, false);
  }

  get #here(): Span {
    const end = lengthOfContent(this.#content);
    return this.span ?? { start: end, end };
  }

  #fill(caret: number): void {
    const node = this.#node;
    if (!node) return;
    fill(node, this.#content, this.host.drawChip);
    if (holdsFocus(node)) placeCaret(node, caret);
  }

  #input = (event: Event): void => {
    const node = this.#node;
    if (!node) return;
    this.#content = read(node);
    if (!(event as InputEvent).isComposing) {
      if (isForeign(node)) this.#fill(this.#here.end);
      else holdOpen(node);
    }
    this.host.changed(this.#content, true);
  };

  #beforeInput = (event: InputEvent): void => {
    const { inputType, data } = event;
    if (event.isComposing) return;
    if (/^historyUndo|^historyRedo/.test(inputType)) {
      event.preventDefault();
      this.#step(inputType === 'historyRedo');
    } else if (inputType.startsWith('format')) {
      event.preventDefault();
    } else if (/^insert(?:Paragraph|LineBreak)$/.test(inputType)) {
      event.preventDefault();
      // On-screen keyboards may send their key for sending only so.
      if (this.#nameless) this.host.submit();
      else this.insertText('\n');
    } else if (inputType === 'insertFromDrop') {
      event.preventDefault();
      const [target] = event.getTargetRanges();
      const span = target && this.#node ? spanOf(this.#node, target) : this.#here;
      const text = data ?? event.dataTransfer?.getData('text/plain') ?? '';
      this.replace(span, textContent(text));
    } else if (!this.#deleteChip(event)) {
      this.#record(inputType.slice(0, 6));
      if (/\s$/.test(data ?? '')) this.#undo.pause();
    }
  };

  /** Browsers differ in what they do with a chip beside the caret. */
  #deleteChip(event: InputEvent): boolean {
    const direction = /^delete\w+(Backward|Forward)$/.exec(event.inputType)?.[1];
    const { start, end } = this.#here;
    if (!direction || start !== end || !event.cancelable) return false;
    const from = direction === 'Backward' ? start - 1 : start;
    if (slice(this.#content, from, from + 1)[0]?.type !== 'input_tag') return false;
    event.preventDefault();
    this.replace({ start: from, end: from + 1 }, []);
    return true;
  }

  #keydown = (event: KeyboardEvent): void => {
    // While an input method is open, its keys are its own. Safari says so only by this key code,
    // for the key that closes it, too; on-screen keyboards give it to every key.
    this.#nameless = event.keyCode === 229;
    if (event.isComposing || this.#nameless) return;
    if (this.host.pressed(event)) {
      event.preventDefault();
      return;
    }
    const command = event.metaKey || event.ctrlKey;
    const key = event.key.toLowerCase();
    if (event.key === 'Enter') {
      event.preventDefault();
      if (event.shiftKey || event.altKey) this.insertText('\n');
      else if (!event.repeat) this.host.submit();
    } else if (command && !event.altKey && (key === 'z' || key === 'y')) {
      event.preventDefault();
      this.#step(key === 'y' || event.shiftKey);
    }
  };

  #paste = (event: ClipboardEvent): void => {
    event.preventDefault();
    const text = event.clipboardData?.getData('text/plain');
    if (text) this.insertText(text);
  };

  #copy = (event: ClipboardEvent): void => {
    const { span } = this;
    if (!span || span.start === span.end) return;
    event.preventDefault();
    event.clipboardData?.setData(
      'text/plain',
      contentText(slice(this.#content, span.start, span.end)),
    );
    if (event.type === 'cut') this.replace(span, []);
  };

  #record(kind: string): void {
    this.#undo.record(this.#now, kind);
  }

  #step(forward: boolean): void {
    const step = forward ? this.#undo.redo(this.#now) : this.#undo.undo(this.#now);
    if (!step) return;
    this.#content = step.content;
    this.#fill(step.caret);
    this.host.changed(step.content, false);
  }

  get #now(): Step {
    return { content: this.#content, caret: this.#here.end };
  }
}

/** Without markup where the browser can, so that its menus and keyboards offer none. */
function editableMode(): string {
  const probe = document.createElement('div');
  probe.setAttribute('contenteditable', 'plaintext-only');
  return probe.contentEditable === 'plaintext-only' ? 'plaintext-only' : 'true';
}

function holdsFocus(node: HTMLElement): boolean {
  return (node.getRootNode() as Document | ShadowRoot).activeElement === node;
}
