import { html, render } from 'lit';
import { describe, expect, it, vi } from 'vitest';
import { type MarkdownContext, markdown } from './markdown';

const makeContext = (more: Partial<MarkdownContext> = {}): MarkdownContext => ({
  allowedImageHosts: null,
  onDeeplink: () => {},
  labels: { copyCode: 'Copy code', copied: 'Copied', table: 'Table' },
  ...more,
});

function draw(
  text: string,
  { growing = false, context = makeContext(), into = document.createElement('div') } = {},
) {
  render(html`${markdown(text, growing, context)}`, into);
  return into;
}

describe('markup in an answer', () => {
  it.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    'text <svg onload=alert(1)> text',
    '<iframe src="https://example.com"></iframe>',
    '<style>*{display:none}</style>',
    '<a href="javascript:alert(1)">x</a>',
    '<details open ontoggle=alert(1)>',
    '> - <script>nested()</script>',
    '| a |\n|--|\n| <img src=x onerror=a()> |',
  ])('is shown as text, never parsed: %s', (text) => {
    const root = draw(text);
    expect(root.querySelector('script, img, svg:not(.icon), iframe, style, a, details')).toBeNull();
    const markup = /<[^>]+>/.exec(text)?.[0] ?? '';
    expect(root.textContent).toContain(markup);
  });

  it('a line break written as HTML is a line break', () => {
    expect(draw('a<br>b').querySelectorAll('br')).toHaveLength(1);
  });

  it('character references are read', () => {
    expect(draw('Fish &amp; chips &#8364; &lt;b&gt; &unknown;').textContent?.trim()).toBe(
      'Fish & chips € <b> &unknown;',
    );
  });
});

describe('links', () => {
  it.each(['https://example.com/a?b=1', 'http://example.com/', 'mailto:a@example.com'])(
    'to %s open apart and tell nothing about the page',
    (href) => {
      const link = draw(`[words](${href})`).querySelector('a');
      expect(link?.getAttribute('href')).toBe(href);
      expect(link?.target).toBe('_blank');
      expect(link?.rel).toBe('noopener noreferrer');
    },
  );

  it.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'java&#115;cript:alert(1)',
    '&#x6A;avascript:alert(1)',
    '\u0001javascript:alert(1)',
    'data:text/html,<b>x</b>',
    'vbscript:x',
    'file:///etc/passwd',
    'blob:https://example.com/1',
    '//example.com',
    '/relative',
  ])('to %s are only words', (href) => {
    const root = draw(`[words](<${href}>)`);
    expect(root.querySelector('[href]')).toBeNull();
    expect(root.textContent).toContain('words');
  });

  it('of the page call the page', () => {
    const onDeeplink = vi.fn();
    const root = draw('[see](chatkit-link://source?source_id=7&x=y)', {
      context: makeContext({ onDeeplink }),
    });
    root.querySelector<HTMLButtonElement>('.deeplink')?.click();
    expect(onDeeplink).toHaveBeenCalledWith({ name: 'source', data: { source_id: '7', x: 'y' } });
    expect(root.querySelector('a')).toBeNull();
  });
});

describe('images', () => {
  it('of a foreign host are a link, not a request', () => {
    const root = draw('![chart](https://foreign.example/x.png)');
    expect(root.querySelector('img')).toBeNull();
    expect(root.querySelector('a')?.textContent).toBe('chart');
  });

  it('of an allowed host are shown, a host that only ends alike is not', () => {
    const context = makeContext({ allowedImageHosts: ['img.example'] });
    expect(draw('![a](https://img.example/x.png)', { context }).querySelector('img')?.alt).toBe(
      'a',
    );
    expect(
      draw('![a](https://cdn.img.example/x.png)', { context }).querySelector('img'),
    ).not.toBeNull();
    expect(
      draw('![a](https://evilimg.example/x.png)', { context }).querySelector('img'),
    ).toBeNull();
  });

  it('inline bitmaps are shown, inline SVG is not', () => {
    expect(draw('![a](data:image/png;base64,AA==)').querySelector('img')).not.toBeNull();
    expect(draw('![a](data:image/svg+xml;base64,AA==)').querySelector('img')).toBeNull();
  });
});

describe('blocks', () => {
  it('tables scroll by themselves and align as written', () => {
    const root = draw('| Shop | Spent |\n|:--|--:|\n| A | $1 |');
    expect(root.querySelector('.table[tabindex="0"] table th.right')?.textContent?.trim()).toBe(
      'Spent',
    );
    expect(root.querySelector('td.right')?.textContent?.trim()).toBe('$1');
  });

  it('a cell that holds a sentence has the room of one', () => {
    const root = draw('| Shop | What |\n|:--|--:|\n| A | two trips to Lyon and the way back |');
    expect([...root.querySelectorAll('td')].map((cell) => cell.className)).toEqual([
      'left',
      'right wordy',
    ]);
  });

  it('code is kept to the letter', () => {
    const code = 'if (a < b && c) {\n  return "&amp;";\n}';
    expect(draw(`\`\`\`js title\n${code}\n\`\`\``).querySelector('pre code')?.textContent).toBe(
      code,
    );
    expect(draw('```js\nx\n```').querySelector('figcaption span')?.textContent).toBe('js');
  });

  it('lists, tasks, quotes, headings and rules are what they are', () => {
    const root = draw(
      '# One\n## Two\n\n3. a\n4. b\n\n- [x] done\n- [ ] open\n\n> q\n\n---\n\n~~x~~ **b** *i* `c`',
    );
    expect(root.querySelector('h4.h1')?.textContent).toBe('One');
    expect(root.querySelector('h4.h2')?.textContent).toBe('Two');
    expect(root.querySelector('ol')?.getAttribute('start')).toBe('3');
    expect([...root.querySelectorAll<HTMLInputElement>('input')].map((box) => box.checked)).toEqual(
      [true, false],
    );
    expect(root.querySelectorAll('blockquote, hr, del, strong, em, code')).toHaveLength(6);
  });

  it('a paragraph all in italics is an aside, one with a word in italics is not', () => {
    const root = draw('*from **11** transactions*\n\n*one* word');
    expect([...root.querySelectorAll('p')].map((node) => node.className)).toEqual(['aside', '']);
    expect(root.querySelector('.aside strong')?.textContent).toBe('11');
  });

  it('thousands of nested quotes are still text', () => {
    expect(draw(`${'>'.repeat(20_000)} deep`).textContent).toContain('deep');
    expect(draw(`${'- '.repeat(500)}deep`).textContent).toContain('deep');
  });
});

describe('while the text grows', () => {
  it('finished blocks stay the very same elements', () => {
    const into = document.createElement('div');
    const context = makeContext();
    const text =
      '# Title\n\nFirst **bold**.\n\n```js\ncode\n```\n\n| a |\n|--|\n| b |\n\nLast one grows.';
    let kept: Element[] = [];
    for (let length = 1; length <= text.length; length += 1) {
      draw(text.slice(0, length), { growing: true, context, into });
      if (length === text.indexOf('Last')) kept = [...into.children];
    }
    const observer = new MutationObserver(() => {});
    observer.observe(into, { childList: true, subtree: true, characterData: true });
    draw(`${text} And on.`, { growing: true, context, into });
    const seen = observer.takeRecords().map((record) => record.target);
    expect(kept.length).toBeGreaterThanOrEqual(4);
    for (const element of kept) {
      expect(into.contains(element)).toBe(true);
      expect(seen.some((node) => element.contains(node))).toBe(false);
    }
    expect(seen).not.toEqual([]);
  });

  it('shows at every length what the finished text has at that place, without stray marks', () => {
    const text =
      'You spent **$412.36** on *food* and `code` with ~~old~~ [a link](https://example.com/x).';
    const words = 'You spent $412.36 on food and code with old a link.';
    for (let length = 1; length <= text.length; length += 1) {
      const shown = draw(text.slice(0, length), { growing: true }).textContent?.trim() ?? '';
      expect(words.startsWith(shown), `${text.slice(0, length)} → ${shown}`).toBe(true);
    }
  });

  it('an unclosed code block is code already', () => {
    expect(draw('```js\nconst a', { growing: true }).querySelector('pre code')?.textContent).toBe(
      'const a',
    );
  });

  it('a script tag in the making is text at every length', () => {
    const text =
      'Look: <script src="https://example.com/x.js">alert(1)</script> <img src=x onerror=a()>';
    for (let length = 1; length <= text.length; length += 1) {
      expect(
        draw(text.slice(0, length), { growing: true }).querySelector('script, img'),
      ).toBeNull();
    }
  });

  it('a paragraph before a list is never taken for a heading', () => {
    for (const text of ['Shops:\n-', 'Shops:\n--', 'Shops:\n=', 'Shops:\n- A']) {
      expect(draw(text, { growing: true }).querySelector('h1,h2,h3,h4')).toBeNull();
    }
  });

  it('a table shows once its first lines are complete', () => {
    expect(draw('| Shop | Spent |\n|:-', { growing: true }).textContent?.trim()).toBe('');
    expect(
      draw('| Shop | Spent |\n|:--|--:|\n', { growing: true }).querySelector('table'),
    ).not.toBeNull();
  });

  it('ends as if it had been read at once', () => {
    const text =
      '1. a\n   - b\n\n   more\n2. c\n\n[ref]\n\n> q\nlazy\n\n[ref]: https://example.com/r\n\n***x***\n\n| a |\n|--|\n| b |';
    const into = document.createElement('div');
    const context = makeContext();
    for (let length = 1; length <= text.length; length += 3) {
      draw(text.slice(0, length), { growing: true, context, into });
    }
    draw(text, { context, into });
    const plain = (root: Element) => root.innerHTML.replace(/<!--.*?-->/g, '');
    expect(plain(into)).toBe(plain(draw(text)));
  });
});
