import type { Token } from 'marked';
import { describe, expect, it } from 'vitest';
import { exhaustingTexts } from '../testing/hostile/exhausting';
import { BlockLexer } from './block-lexer';
import { lex } from './bounded-lexer';

const written = (blocks: Token[]) => blocks.map((block) => block.raw).join('');

const inside = (token: Token | undefined): Token[] =>
  token && 'tokens' in token ? (token.tokens ?? []) : [];

function depthOf(token: Token): number {
  const children: Token[] = [...inside(token), ...('items' in token ? token.items : [])];
  return 1 + Math.max(0, ...children.map(depthOf));
}

describe('a text made to exhaust who reads it', () => {
  it.each(Object.entries(exhaustingTexts(100_000)))('%s: is read to its end', (_, text) => {
    const blocks = lex(text);
    expect(written(blocks)).toHaveLength(text.length);
    expect(Math.max(...blocks.map(depthOf))).toBeLessThan(60);
    expect(blocks.at(-1)?.raw).toMatch(/readable$/);
  });
});

describe('what is longer than anybody writes', () => {
  it('a list goes on as another list, from a line of its own', () => {
    const text = Array.from({ length: 2000 }, (_, index) => `${index + 1}. a\n      - b`).join(
      '\n',
    );
    const blocks = lex(text).filter((block) => block.type !== 'space');
    expect(blocks.map((block) => block.type)).toEqual(blocks.map(() => 'list'));
    const starts = blocks.map((block) => ('start' in block ? block.start : 0));
    expect(starts.length).toBeGreaterThan(2);
    expect(starts).toEqual([...starts].sort((a, b) => a - b));
    const items = blocks.flatMap((block) => ('items' in block ? block.items : []));
    expect(items).toHaveLength(2000);
  });

  it('a text goes on as it was written, whether it was read at once or while it grew', () => {
    const text = 'A paragraph of *some* words.\n\n'.repeat(10_000);
    const blocks = lex(text);
    const rest = blocks.at(-1);
    expect(rest?.type).toBe('rest');
    expect(written(blocks)).toBe(text);
    expect(text.length - (rest?.raw.length ?? 0)).toBeLessThanOrEqual(100_000);
    const lexer = new BlockLexer();
    for (let end = 0; end <= text.length; end += 30_000) lexer.read(text.slice(0, end), true);
    expect(lexer.read(text, true).at(-1)).toEqual(rest);
  });

  it('a paragraph with marks beyond counting is shown as it was written', () => {
    const text = `${'*a* b '.repeat(2000)}`;
    expect(inside(lex(text)[0])).toEqual([{ type: 'text', raw: text, text }]);
    const long = `${'*a* some more words of a long answer '.repeat(200)}`;
    expect(inside(lex(long)[0]).some((token) => token.type === 'em')).toBe(true);
  });
});

it('a footnote is text and not the address of a link', () => {
  const [first, , second] = lex('See[^1].\n\n[^1]: Source\n\n[a]\n\n[a]: https://b.example');
  expect(inside(first).map((token) => token.raw)).toEqual(['See[^1].']);
  expect(second).toMatchObject({ type: 'paragraph', text: '[^1]: Source' });
});
