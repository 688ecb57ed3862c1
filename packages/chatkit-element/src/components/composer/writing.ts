import { placeCaret, type Span, selectedIn, spanOf } from './caret';
import type { DraftPart, TagPart } from './draft';
import { lengthOfContent, slice, splice } from './positions';
import { type Step, UndoHistory } from './undo';

/** The editor, as this part sees it. */
interface Surface {
  readonly node: HTMLElement | null;
  readonly content: readonly DraftPart[];
  readonly nameless: boolean;
  readonly hasFocus: boolean;
  put(content: readonly DraftPart[]): void;
  submit(): void;
}

/** What browsers do differently or not at all: where the caret is, clipboard, chips, and undo. */
export class Writing {
  readonly #undo = new UndoHistory();

  constructor(private readonly editor: Surface) {}

  /** What is selected; null while the caret is elsewhere. */
  get span(): Span | null {
    const { node } = this.editor;
    const ends = node && selectedIn(node);
    return ends && spanOf(node, ends);
  }

  /** Everything up to the caret, a chip being one character of its own. */
  get textBeforeCaret(): string {
    const before = slice(this.editor.content, 0, this.#here.end);
    return before.map((part) => (part.type === 'input_tag' ? '\ufffc' : part.text)).join('');
  }

  insertText(text: string): void {
    this.replace(this.#here, lines(text));
  }

  /** Puts a chip in place of what is between two positions, and goes on behind it. */
  insertTag(tag: TagPart, { start, end }: Span): void {
    const [next] = slice(this.editor.content, end, end + 1);
    const space = /^\s/.test(next?.text ?? '') ? [] : lines(' ');
    this.replace({ start, end }, [tag, ...space]);
  }

  replace(span: Span, put: readonly DraftPart[]): void {
    this.#record('');
    this.#put(splice(this.editor.content, span, put), span.start + lengthOfContent(put));
  }

  /** What was written before is another message. */
  forget(): void {
    this.#undo.forget();
  }

  /** Brings what a browser or a keyboard has put here into the form that is ours. */
  tidy(): void {
    this.#put(this.editor.content, this.#here.end);
  }

  /** True when the key was used. */
  pressed(event: KeyboardEvent): boolean {
    const key = event.key.toLowerCase();
    if (key === 'enter' && (event.shiftKey || event.altKey)) {
      this.insertText('\n');
      return true;
    }
    if (!(event.metaKey || event.ctrlKey) || event.altKey || !/^[zy]$/.test(key)) return false;
    this.#step(key === 'y' || event.shiftKey);
    return true;
  }

  handle(event: Event): void {
    if (event.type === 'beforeinput') this.#beforeInput(event as InputEvent);
    else if (event.type === 'compositionstart') this.#record('');
    else if (event.type === 'paste') this.#paste(event as ClipboardEvent);
    else this.#copy(event as ClipboardEvent);
  }

  get #here(): Span {
    const end = lengthOfContent(this.editor.content);
    return this.span ?? { start: end, end };
  }

  #put(content: readonly DraftPart[], caret: number): void {
    this.editor.put(content);
    if (this.editor.node && this.editor.hasFocus) placeCaret(this.editor.node, caret);
  }

  #beforeInput(event: InputEvent): void {
    const { inputType, data } = event;
    if (event.isComposing) return;
    if (/^history/.test(inputType)) {
      event.preventDefault();
      this.#step(inputType === 'historyRedo');
    } else if (inputType.startsWith('format')) {
      event.preventDefault();
    } else if (/^insert(?:Paragraph|LineBreak)$/.test(inputType)) {
      event.preventDefault();
      // On-screen keyboards may send their key for sending only so.
      if (this.editor.nameless) this.editor.submit();
      else this.insertText('\n');
    } else if (inputType === 'insertFromDrop') {
      this.#drop(event);
    } else if (!this.#deleteChip(event)) {
      this.#record(inputType.slice(0, 6));
      if (/\s$/.test(data ?? '')) this.#undo.pause();
    }
  }

  #drop(event: InputEvent): void {
    event.preventDefault();
    const [target] = event.getTargetRanges();
    const span = target && this.editor.node ? spanOf(this.editor.node, target) : this.#here;
    this.replace(span, lines(event.data ?? event.dataTransfer?.getData('text/plain') ?? ''));
  }

  /** Browsers differ in what they do with a chip beside the caret. */
  #deleteChip(event: InputEvent): boolean {
    const direction = /^delete\w+(Backward|Forward)$/.exec(event.inputType)?.[1];
    const { start, end } = this.#here;
    if (!direction || start !== end || !event.cancelable) return false;
    const from = direction === 'Backward' ? start - 1 : start;
    if (slice(this.editor.content, from, from + 1)[0]?.type !== 'input_tag') return false;
    event.preventDefault();
    this.replace({ start: from, end: from + 1 }, []);
    return true;
  }

  #paste(event: ClipboardEvent): void {
    event.preventDefault();
    const text = event.clipboardData?.getData('text/plain');
    if (text) this.insertText(text);
  }

  #copy(event: ClipboardEvent): void {
    const { span } = this;
    if (!span || span.start === span.end) return;
    event.preventDefault();
    const chosen = slice(this.editor.content, span.start, span.end);
    event.clipboardData?.setData('text/plain', chosen.map(({ text }) => text).join(''));
    if (event.type === 'cut') this.replace(span, []);
  }

  #record(kind: string): void {
    this.#undo.record(this.#now, kind);
  }

  #step(forward: boolean): void {
    const step = forward ? this.#undo.redo(this.#now) : this.#undo.undo(this.#now);
    if (step) this.#put(step.content, step.caret);
  }

  get #now(): Step {
    return { content: this.editor.content, caret: this.#here.end };
  }
}

function lines(text: string): DraftPart[] {
  return text ? [{ type: 'input_text', text: text.replace(/\r\n?/g, '\n') }] : [];
}
