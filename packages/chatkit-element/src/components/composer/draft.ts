import type { UserContent, UserMessage } from '../../protocol/items';

export type TextPart = Extract<UserContent, { type: 'input_text' }>;
/** A mentioned entity. Its icon is for the eye only: the server does not keep it. */
export type TagPart = Extract<UserContent, { type: 'input_tag' }> & { icon?: string };
export type DraftPart = TextPart | TagPart;

/** What stands in the composer of one thread and goes out with the next message. */
export interface Draft {
  content: readonly DraftPart[];
  /** Words the message answers; empty for none. */
  reply: string;
}

export const EMPTY: Draft = { content: [], reply: '' };

export function textContent(text: string): readonly TextPart[] {
  return text ? [{ type: 'input_text', text }] : [];
}

export function contentText(content: readonly UserContent[]): string {
  return content.map((part) => part.text).join('');
}

/** Words or a mention: white space alone is no message. */
export function hasWords(content: readonly DraftPart[]): boolean {
  return content.some((part) => part.type === 'input_tag' || part.text.trim() !== '');
}

/** The content as it is sent: without white space around it, and without what is only for the eye. */
export function sendable(content: readonly DraftPart[]): UserContent[] {
  const last = content.length - 1;
  return content.flatMap((part, index): UserContent[] => {
    if (part.type === 'input_tag') {
      const { icon: _, ...tag } = part;
      return [tag];
    }
    let { text } = part;
    if (index === 0) text = text.trimStart();
    if (index === last) text = text.trimEnd();
    return text ? [{ ...part, text }] : [];
  });
}

/** A draft for every thread, and the one on screen. */
export class Drafts {
  #byThread = new Map<string | null, Draft>();
  #threadId: string | null = null;

  get threadId(): string | null {
    return this.#threadId;
  }

  get current(): Draft {
    return this.#byThread.get(this.#threadId) ?? EMPTY;
  }

  write(change: Partial<Draft>): void {
    this.#byThread.set(this.#threadId, { ...this.current, ...change });
  }

  clear(): void {
    this.#byThread.delete(this.#threadId);
  }

  /** Puts a message back that did not get through, before anything written meanwhile. */
  giveBack({ content, quoted_text: reply }: UserMessage): void {
    const { current } = this;
    const between = hasWords(current.content) ? textContent('\n') : [];
    this.write({
      content: [...content, ...between, ...current.content],
      reply: reply || current.reply,
    });
  }

  /**
   * Follows the view to another thread. A new thread that gets its id keeps what was written, which
   * is when it returns true.
   */
  follow(threadId: string | null, created: boolean): boolean {
    if (threadId === this.#threadId) return false;
    const became = created && this.#threadId === null;
    const carried = created ? this.#byThread.get(null) : undefined;
    this.#threadId = threadId;
    if (carried) {
      this.#byThread.delete(null);
      this.#byThread.set(threadId, carried);
    }
    return became;
  }
}
