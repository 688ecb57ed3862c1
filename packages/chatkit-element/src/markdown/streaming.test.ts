import { html, render } from 'lit';
import { describe, expect, it } from 'vitest';
import { type MarkdownContext, markdown } from './markdown';

const context: MarkdownContext = {
  allowedImageHosts: null,
  onDeeplink: () => {},
  labels: { copyCode: 'Copy code', copied: 'Copied', table: 'Table' },
};

function draw(text: string, growing: boolean, into: Element) {
  render(html`${markdown(text, growing, context)}`, into as HTMLElement);
}

/** Blocks of every kind, each of which must stay as it is once the next has begun. */
const BLOCKS = [
  '# A heading',
  'A paragraph with **bold**, *italics*, `code`, ~~struck~~ and [a link](https://example.com).',
  '1. one\n2. two\n   - nested\n     - deeper\n\n   more of two\n3. three',
  '- tight\n- list',
  '- [x] done\n- [ ] open',
  '> quoted\n> > twice',
  '```js\nconst a = 1;\n\nconst b = 2;\n```',
  '| a | b |\n|:--|--:|\n| 1 | 2 |\n| 3 | 4 |',
  'See[^1].',
  '[^1]: A footnote.',
  '<div onclick="x()">markup</div>',
  '---',
  '    indented code',
  'The last words.',
];

describe('[row 79] while an answer grows', () => {
  it('what stands before the block that is being written is never touched', () => {
    const text = BLOCKS.join('\n\n');
    const root = document.createElement('div');
    const observer = new MutationObserver(() => {});
    observer.observe(root, { childList: true, subtree: true, characterData: true });
    let start = 0;
    for (const block of BLOCKS) {
      // The first letters of a block may still belong to the one before: "-" after a list.
      const begun = start + Math.min(block.length, 6);
      draw(text.slice(0, begun), true, root);
      const finished = [...root.children].slice(0, -1);
      observer.takeRecords();
      for (let length = begun + 1; length <= start + block.length; length += 1) {
        draw(text.slice(0, length), true, root);
      }
      const touched = observer.takeRecords().map(({ target }) => target);
      for (const element of finished) {
        expect(root.contains(element)).toBe(true);
        expect(
          touched.filter((node) => element.contains(node)),
          `${block} touched ${element.outerHTML}`,
        ).toEqual([]);
      }
      start += block.length + 2;
    }
    const before = [...root.querySelectorAll('*')];
    draw(text, false, root);
    expect([...root.querySelectorAll('*')]).toEqual(before);
  });

  it('items of a list stay when an empty line comes between later ones', () => {
    const root = document.createElement('div');
    draw('- one\n- two', true, root);
    const items = [...root.querySelectorAll('li, p')];
    draw('- one\n- two\n\n- three', true, root);
    expect([...root.querySelectorAll('li, p')].slice(0, items.length)).toEqual(items);
  });

  it('words are added to the text that is there, so what is selected stays selected', () => {
    const root = document.createElement('div');
    document.body.append(root);
    const text = 'Some **bold words and more** of them, `code` as well';
    draw(text.slice(0, 20), true, root);
    const bold = root.querySelector('strong')?.firstChild as Node;
    const node = [...(root.querySelector('strong')?.childNodes ?? [])].find(
      (child) => child instanceof Text,
    ) as Text;
    const range = document.createRange();
    range.setStart(node, 1);
    range.setEnd(node, 4);
    for (let length = 21; length <= text.length; length += 1) {
      draw(text.slice(0, length), true, root);
    }
    draw(text, false, root);
    expect(bold.isConnected).toBe(true);
    expect(range.toString()).toBe('old');
    expect([range.startOffset, range.endOffset]).toEqual([1, 4]);
    root.remove();
  });

  it('a link defined in an earlier block is a link once the text is complete', () => {
    const root = document.createElement('div');
    const text = 'See [the rules].\n\n[the rules]: https://example.com/rules\n\nMore.';
    for (let length = 1; length <= text.length; length += 1)
      draw(text.slice(0, length), true, root);
    draw(text, false, root);
    expect(root.querySelector('a')?.href).toBe('https://example.com/rules');
  });

  it.each([
    ['an unfinished table', '| Shop | Spent |\n|:--|--:|\n| A | **$1', 'ShopSpentA$1'],
    ['an unfinished list', '- one\n- **tw', 'onetw'],
    ['a list marker alone', '- one\n-', 'one'],
    ['an unfinished link', 'See [the rules](https://exam', 'See the rules'],
    ['an unfinished image', 'See ![a chart](https://exam', 'See a chart'],
    ['unfinished emphasis', 'a ***b', 'a b'],
    ['unfinished code', 'a ``b ` c', 'a b ` c'],
    ['an unfinished nested list', '1. a\n   - b\n     - *c', 'abc'],
    ['an unfinished heading', 'Words\n\n##', 'Words'],
    ['an unfinished quote', '> **a', 'a'],
  ])('%s shows its words and no marks', (_, text, words) => {
    const root = document.createElement('div');
    draw(text, true, root);
    expect(root.textContent?.replace(/\s*\n\s*/g, '').trim()).toBe(words);
  });
});
