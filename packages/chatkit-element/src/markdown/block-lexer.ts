import type { Token } from 'marked';
import { lex } from './bounded-lexer';
import { closeOpenMarks } from './close-open-marks';

/**
 * Cuts markdown into blocks. While a text grows, only its last block is read again: the blocks
 * before it are the very same objects as the time before.
 */
export class BlockLexer {
  #text = '';
  #blocks: Token[] = [];
  #complete = true;

  /** `growing`: more text may follow, so the last block is shown as if it were finished. */
  read(text: string, growing: boolean): Token[] {
    if (text !== this.#text || this.#complete === growing) {
      const appended = growing && !this.#complete && text.startsWith(this.#text);
      // A finished text is read whole: a link may be defined after the block that uses it.
      this.#blocks = appended ? this.#continue(text) : reuse(lex(text), this.#blocks);
      this.#text = text;
      this.#complete = !growing;
    }
    return growing ? finishLast(this.#blocks) : this.#blocks;
  }

  #continue(text: string): Token[] {
    const kept = this.#blocks.slice(0, lastContent(this.#blocks));
    const start = kept.reduce((length, block) => length + block.raw.length, 0);
    return [...kept, ...lex(text.slice(start))];
  }
}

/** Marked replaces tabs and line ends while reading; `raw` must add up to the text we were given. */
export function normalise(text: string): string {
  return text.replace(/\r\n?/g, '\n');
}

function reuse(blocks: Token[], previous: Token[]): Token[] {
  const sameLinks = !blocks.some((block) => block.type === 'def');
  return blocks.map((block, index) => {
    const before = previous[index];
    return sameLinks && before?.raw === block.raw && before.type === block.type ? before : block;
  });
}

function lastContent(blocks: Token[]): number {
  return Math.max(
    blocks.findLastIndex((block) => block.type !== 'space'),
    0,
  );
}

function finishLast(blocks: Token[]): Token[] {
  const index = lastContent(blocks);
  const last = blocks[index];
  if (!last || last.type === 'code' || last.type === 'html') return blocks;
  const finished = closeOpenMarks(last.raw);
  if (finished === last.raw) return blocks;
  return [...blocks.slice(0, index), ...lex(finished)];
}
