/** What is put into a text at a place of it. */
export interface Mark {
  /** Code points of the text before it. */
  index: number;
  draw(): unknown;
}

/** As much of a token of the markdown reader as is needed to find a place in it. */
interface Token {
  type: string;
  raw: string;
  text?: string;
  tokens?: Token[];
  items?: Token[];
  header?: Cell[];
  rows?: Cell[][];
  draw?(): unknown;
}

interface Cell {
  tokens: Token[];
}

interface Place {
  offset: number;
  mark: Mark;
}

/** Blocks and words that show nothing a mark could stand at. */
const SILENT = new Set(['space', 'def', 'br', 'checkbox']);
/** What holds words, not blocks. */
const OF_WORDS = new Set(['paragraph', 'heading', 'text', 'em', 'strong', 'del']);
/** Nothing may be clicked inside something that is clicked. */
const WHOLE = new Set(['link', 'image']);
/** What is nested deeper is drawn as it was written. */
const DEEPEST = 11;

/**
 * Puts marks into the blocks of a text that was read as markdown: behind the character they belong
 * to, whatever it stands in. Blocks without marks stay the same objects, and so do those whose marks
 * and words are as the time before. While the text grows, a mark waits for its place to be there.
 */
export class Marks {
  readonly #made = new WeakMap<Token, { places: string; blocks: Token[] }>();

  constructor(private readonly marks: readonly Mark[]) {}

  insert(blocks: Token[], text: string, growing: boolean): Token[] {
    const places = this.marks
      .map((mark) => ({ mark, offset: offsetOf(mark.index, text) }))
      .filter(({ offset }) => !growing || offset <= text.length)
      .sort((a, b) => a.offset - b.offset);
    if (places.length === 0) return blocks;
    const content = blocks.filter(({ type }) => !SILENT.has(type));
    const last = content.at(-1);
    let start = 0;
    return blocks.flatMap((block) => {
      const from = start;
      start += block.raw.length;
      if (SILENT.has(block.type)) return [block];
      const end = block === last ? Number.POSITIVE_INFINITY : startOfNext(blocks, block, start);
      const count = places.findIndex(({ offset }) => offset > end);
      const mine = places.splice(0, count < 0 ? places.length : count);
      return mine.length === 0 ? [block] : this.#withMarks(block, from, mine);
    });
  }

  #withMarks(block: Token, start: number, places: Place[]): Token[] {
    const inside = places.map(({ mark, offset }) => ({ mark, offset: offset - start }));
    const key = inside.map(({ offset }) => offset).join();
    const before = this.#made.get(block);
    if (before?.places === key) return before.blocks;
    const blocksMade = insertInto(block, inside);
    this.#made.set(block, { places: key, blocks: blocksMade });
    return blocksMade;
  }
}

/** Where a position counted in code points is in the text as it is read: with plain line ends. */
function offsetOf(index: number, text: string): number {
  const wanted = Math.max(index, 0);
  if (!/[\uD800-\uDBFF\r]/.test(text)) return wanted;
  let offset = 0;
  let passed = 0;
  for (const character of text) {
    if (passed === wanted) return offset;
    passed += 1;
    const pair = character === '\r' && text[offset + 1] === '\n';
    offset += pair ? 0 : character.length;
  }
  return offset + wanted - passed;
}

/** What follows a block without being shown belongs to it. */
function startOfNext(blocks: Token[], block: Token, end: number): number {
  let next = end;
  for (const follower of blocks.slice(blocks.indexOf(block) + 1)) {
    if (!SILENT.has(follower.type)) break;
    next += follower.raw.length;
  }
  return next;
}

interface Leaf {
  token: Token;
  start: number;
}

function insertInto(block: Token, places: Place[]): Token[] {
  const leaves = findLeaves(block);
  const marks = new Map<Token, Place[]>();
  for (const { mark, offset } of places) {
    const leaf = leaves.findLast(({ start }) => start < offset) ?? leaves[0];
    if (!leaf) return [block, ...places.map(toToken)];
    const here = marks.get(leaf.token) ?? [];
    marks.set(leaf.token, [...here, { mark, offset: offset - leaf.start }]);
  }
  return rebuild(block, marks, false, 0);
}

/**
 * The words of a block and where they begin in it. The reader drops indents and marks, but what is
 * left stands in the source in the same order.
 */
function findLeaves(block: Token): Leaf[] {
  const leaves: Leaf[] = [];
  let cursor = 0;
  const visit = (token: Token, depth: number): void => {
    if (!isLeaf(token, depth)) {
      for (const child of childrenOf(token)) visit(child, depth + 1);
      return;
    }
    if (SILENT.has(token.type)) return;
    const found = block.raw.indexOf(token.raw, cursor);
    const start = Math.max(found, cursor);
    if (found >= 0) cursor = found + token.raw.length;
    leaves.push({ token, start });
  };
  visit(block, 0);
  return leaves;
}

function isLeaf(token: Token, depth: number): boolean {
  return WHOLE.has(token.type) || depth > DEEPEST || childrenOf(token).length === 0;
}

function childrenOf({ tokens, items, header, rows }: Token): Token[] {
  const cells = header ? [header, ...(rows ?? [])].flat() : [];
  return [...(items ?? []), ...cells.flatMap((cell) => cell.tokens), ...(tokens ?? [])];
}

function rebuild(
  token: Token,
  marks: Map<Token, Place[]>,
  inWords: boolean,
  depth: number,
): Token[] {
  if (isLeaf(token, depth)) {
    const places = marks.get(token);
    if (!places) return [token];
    return inWords && token.type === 'text' && token.raw === token.text
      ? cut(token, places)
      : [token, ...places.map(toToken)];
  }
  const each = (tokens: Token[] | undefined, words: boolean) =>
    tokens?.flatMap((child) => rebuild(child, marks, words, depth + 1));
  const cell = (one: Cell) => ({ ...one, tokens: each(one.tokens, true) ?? [] });
  const { items, header, rows, tokens } = token;
  return [
    {
      ...token,
      ...(tokens && { tokens: each(tokens, inWords || OF_WORDS.has(token.type)) }),
      ...(items && { items: each(items, false) }),
      ...(header && { header: header.map(cell), rows: rows?.map((row) => row.map(cell)) }),
    },
  ];
}

function cut(token: Token, places: Place[]): Token[] {
  const pieces: Token[] = [];
  let from = 0;
  const upTo = (end: number) => {
    const raw = token.raw.slice(from, end);
    if (raw) pieces.push({ ...token, raw, text: raw });
    from = end;
  };
  for (const place of places) {
    upTo(Math.max(from, wholeCharacter(token.raw, place.offset)));
    pieces.push(toToken(place));
  }
  upTo(token.raw.length);
  return pieces;
}

const REFERENCE = /&(?:#?\w{1,9};)/g;

/** The end of the character or character reference that the offset is in. */
function wholeCharacter(text: string, offset: number): number {
  for (const { 0: reference, index } of text.matchAll(REFERENCE)) {
    if (index < offset && offset < index + reference.length) return index + reference.length;
  }
  return /[\uDC00-\uDFFF]/.test(text[offset] ?? '') ? offset + 1 : offset;
}

function toToken({ mark }: Place): Token {
  return { type: 'mark', raw: '', draw: mark.draw };
}
