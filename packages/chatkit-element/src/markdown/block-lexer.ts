import type { Token } from 'marked';
import { lex } from './bounded-lexer';
import { closeOpenMarks } from './close-open-marks';
import type { Maths } from './maths';

/**
 * Cuts markdown into blocks. While a text grows, only its last block is read again: the blocks
 * before it are the very same objects as the time before.
 */
export class BlockLexer {
  #text = '';
  #blocks: Token[] = [];
  #complete = true;
  #maths: Maths | null = null;

  /** `growing`: more text may follow, so the last block is shown as if it were finished. */
  read(text: string, growing: boolean, maths: Maths | null = null): Token[] {
    if (text !== this.#text || this.#complete === growing || maths !== this.#maths) {
      const known = maths === this.#maths ? this.#blocks : [];
      const appended = growing && !this.#complete && known === this.#blocks;
      this.#maths = maths;
      // A finished text is read whole: a link may be defined after the block that uses it.
      this.#blocks =
        appended && text.startsWith(this.#text)
          ? this.#continue(text)
          : reuse(this.#lex(text), known);
      this.#text = text;
      this.#complete = !growing;
    }
    return growing ? this.#finishLast() : this.#blocks;
  }

  #lex(text: string, start = 0): Token[] {
    return lex(text, this.#maths?.extensions, start);
  }

  #continue(text: string): Token[] {
    const kept = this.#blocks.slice(0, Math.max(lastContent(this.#blocks), 0));
    const start = kept.reduce((length, block) => length + block.raw.length, 0);
    return [...kept, ...this.#lex(text.slice(start), start)];
  }

  #finishLast(): Token[] {
    const blocks = this.#blocks;
    const index = lastContent(blocks);
    const last = blocks[index];
    if (!last || ['code', 'html', 'rest'].includes(last.type)) return blocks;
    const finished = closeOpenMarks(last.raw, this.#maths);
    if (finished === last.raw) return blocks;
    return [...blocks.slice(0, index), ...this.#lex(finished)];
  }
}

/** Marked replaces tabs and line ends while reading; `raw` must add up to the text we were given. */
export function normalise(text: string): string {
  return text.replace(/\r\n?/g, '\n');
}

/** The place of the last block with words; -1 when there is none. */
export function lastContent(blocks: Token[]): number {
  return blocks.findLastIndex(({ type }) => type !== 'space' && type !== 'mark');
}

function reuse(blocks: Token[], previous: Token[]): Token[] {
  const sameLinks = !blocks.some((block) => block.type === 'def');
  return blocks.map((block, index) => {
    const before = previous[index];
    return sameLinks && before?.raw === block.raw && before.type === block.type ? before : block;
  });
}
