import { Lexer, type MarkedOptions, type Token, Tokenizer, type Tokens } from 'marked';

/** Nobody reads deeper, and each level reads its whole content again. */
const DEEPEST_BLOCK = 12;
const DEEPEST_INLINE = 20;
/** Lines and characters of a list or quote that are read as one; what follows begins another. */
const LIST = { lines: 800, characters: 32_000 };
/** Smaller, so that a list in a quote is never cut: marked reads such a one twice. */
const QUOTE = { lines: 400, characters: 16_000 };
const LONGEST_URL = 2000;

/** What follows is shown as it was written. */
const LONGEST_TEXT = 100_000;

/**
 * Marked with an end to its work: text made to exhaust it (thousands of nested quotes, marks,
 * lines of one list) is read in a time that grows with its length and not with its square. What
 * goes beyond stays readable as it was written. `start`: so many characters were read before.
 */
export function lex(text: string, extensions?: MarkedOptions['extensions'], start = 0): Token[] {
  const tokenizer = new BoundedTokenizer();
  const end = endOfReading(text, Math.max(LONGEST_TEXT - start, 0));
  const lexer = new BoundedLexer({ extensions, gfm: true, breaks: true, tokenizer });
  const blocks: Token[] = lexer.lex(text.slice(0, end));
  const rest = text.slice(end);
  return rest ? [...blocks, { type: 'rest', raw: rest }] : blocks;
}

function endOfReading(text: string, most: number): number {
  if (text.length <= most) return text.length;
  const line = text.lastIndexOf('\n', most);
  return line < 0 ? most : line;
}

class BoundedTokenizer extends Tokenizer {
  #depth = 0;

  override blockquote(source: string): Tokens.Blockquote | undefined {
    return this.#deeper(() => super.blockquote(beginning(source, QUOTE)));
  }

  override list(source: string): Tokens.List | undefined {
    return this.#deeper(() => super.list(beginning(source, LIST)));
  }

  /** `[^1]: words` is the text of a footnote, not the address of a link. */
  override def(source: string): Tokens.Def | undefined {
    const found = super.def(source);
    return found?.tag.startsWith('^') ? undefined : found;
  }

  override url(source: string): Tokens.Link | undefined {
    return super.url(source.slice(0, LONGEST_URL));
  }

  #deeper<T>(read: () => T | undefined): T | undefined {
    if (this.#depth >= DEEPEST_BLOCK) return undefined;
    this.#depth += 1;
    try {
      return read();
    } finally {
      this.#depth -= 1;
    }
  }
}

class BoundedLexer extends Lexer {
  #depth = 0;

  override inlineTokens(source: string, tokens: Token[] = []): Token[] {
    if (this.#depth >= DEEPEST_INLINE || isExhausting(source)) {
      tokens.push({ type: 'text', raw: source, text: source });
      return tokens;
    }
    this.#depth += 1;
    try {
      return super.inlineTokens(source, tokens);
    } finally {
      this.#depth -= 1;
    }
  }
}

/** The beginning of `source` that is read at once, up to a line that is not indented if there is one. */
function beginning(source: string, most: { lines: number; characters: number }): string {
  if (source.length <= most.characters / 10) return source;
  let end = -1;
  for (let lines = 1; ; lines += 1) {
    end = source.indexOf('\n', end + 1);
    if (end < 0) return source;
    const full = lines >= most.lines || end >= most.characters;
    const overfull = lines >= 2 * most.lines || end >= 2 * most.characters;
    if (overfull || (full && !/\s/.test(source[end + 1] ?? ''))) return source.slice(0, end + 1);
  }
}

const SHORT = 2000;
const LONG = 50_000;
const SPACES = ' '.repeat(300);
/** Characters times marks: above it, finding which marks belong together takes noticeably long. */
const MOST_WORK = 1e7;
const LONGEST_MAILBOX = 300;
const MAILBOX = /^[\w.!#$%&'*+/=?^`{|}~-]*$/;

function isExhausting(source: string): boolean {
  if (source.length < SHORT) return false;
  if (source.length > LONG || source.includes(SPACES)) return true;
  if (source.split(/[*_]+/).length * source.length > MOST_WORK) return true;
  return source.split('@').slice(0, -1).some(endsInEndlessMailbox);
}

function endsInEndlessMailbox(before: string): boolean {
  return before.length >= LONGEST_MAILBOX && MAILBOX.test(before.slice(-LONGEST_MAILBOX));
}
