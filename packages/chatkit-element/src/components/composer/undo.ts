import type { DraftPart } from './draft';

export interface Step {
  content: readonly DraftPart[];
  /** Where the caret was. */
  caret: number;
}

const LIMIT = 200;

/** Undo and redo of our own: the browser's forgets what it did not do itself, such as a chip. */
export class UndoHistory {
  #past: Step[] = [];
  #future: Step[] = [];
  #kind = '';

  /** Keeps what is there before it changes. Changes of one `kind` in a row are one step. */
  record(step: Step, kind: string): void {
    this.#future = [];
    if (kind && kind === this.#kind) return;
    this.#kind = kind;
    if (this.#past.at(-1)?.content === step.content) return;
    this.#past.push(step);
    if (this.#past.length > LIMIT) this.#past.shift();
  }

  /** The next change is a step of its own. */
  pause(): void {
    this.#kind = '';
  }

  undo(now: Step): Step | undefined {
    return this.#move(this.#past, this.#future, now);
  }

  redo(now: Step): Step | undefined {
    return this.#move(this.#future, this.#past, now);
  }

  forget(): void {
    this.#past = [];
    this.#future = [];
    this.pause();
  }

  #move(from: Step[], to: Step[], now: Step): Step | undefined {
    const step = from.pop();
    if (step) to.push(now);
    this.pause();
    return step;
  }
}
