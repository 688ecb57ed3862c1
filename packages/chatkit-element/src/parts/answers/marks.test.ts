import { html, render } from 'lit';
import { describe, expect, it, vi } from 'vitest';
import { en } from '../../locales/en';
import { type MarkdownContext, markdown } from '../../markdown/markdown';
import { Marks } from './marks';

const context = {
  allowedImageHosts: [],
  onDeeplink: () => {},
  labels: en,
} as unknown as MarkdownContext;

const marksAt = (...indexes: number[]) =>
  new Marks(indexes.map((index) => ({ index, draw: () => html`<sup>^</sup>` })));

function draw(text: string, marks: Marks, growing = false, root = document.createElement('div')) {
  render(markdown(text, growing, context, marks), root);
  return root;
}

/** The text with its marks as they stand after each `^` of `written`. */
function place(written: string): HTMLElement {
  const indexes: number[] = [];
  let text = '';
  for (const character of written) {
    if (character === '^') indexes.push([...text].length);
    else text += character;
  }
  return draw(text, marksAt(...indexes));
}

describe('[row 84] a mark stands behind the character it belongs to', () => {
  it.each([
    ['a paragraph', 'One^ two.^', 'One^ two.^', 'p'],
    ['bold words', 'Say **this^ loudly**^ now', 'this^ loudly^', 'strong'],
    ['italics in bold', '**a *b^* c**', 'b^', 'em'],
    ['a list', '- first\n- second^\n- third', 'second^', 'li:nth-child(2)'],
    ['a nested list', '- first\n  - inner^ one\n- third', 'inner^ one', 'li li'],
    ['a numbered list', '1. 1^ of 2\n2. 2 of 2', '1^ of 2', 'li'],
    ['a quote', '> so^ it\n> goes', 'so^ itgoes', 'blockquote p'],
    ['a heading', '## Rates^\n\nText', 'Rates^', 'h4'],
    ['a table', '| a | b |\n| - | - |\n| 1 | 2^ |\n| 3 | 4 |', '2^', 'td:last-child'],
    ['the head of a table', '| a^ | b |\n| - | - |\n| 1 | 2 |', 'a^', 'th'],
    ['the third paragraph', 'One.\n\nTwo.\n\nThree^.', 'Three^.', 'p:last-child'],
    ['the end of a paragraph', 'One.^\n\nTwo.', 'One.^', 'p'],
    ['the start', '^One', '^One', 'p'],
    ['words that come twice', 'it and it^ and it', 'it and it^ and it', 'p'],
  ])('in %s', (_, written, words, selector) => {
    expect(place(written).querySelector(selector)?.textContent).toBe(words);
  });

  it('counts characters as the server does, not halves of them', () => {
    expect(place('😀 two^ 🇩🇪^ end').textContent).toBe('😀 two^ 🇩🇪^ end');
    expect(place('a\r\nb^ c').textContent).toBe('ab^ c');
  });

  it('does not break a character reference', () => {
    expect(draw('a &amp; b', marksAt(4)).textContent).toBe('a &^ b');
  });

  it.each([
    ['a link', 'See [the^ page](https://example.com) now', 'a'],
    ['code', 'Call `run^()` now', 'code'],
    ['an address', 'At https://example.com/a^bc now', 'a'],
  ])('stands behind %s, never inside', (_, written, selector) => {
    const inside = place(written).querySelector(selector);
    expect(inside?.textContent).not.toContain('^');
    expect(inside?.nextElementSibling?.textContent).toBe('^');
  });

  it('stands under a block of code', () => {
    const root = place('```js\nlet a^ = 1;\n```\n\nText');
    expect(root.querySelector('code')?.textContent).toBe('let a = 1;');
    expect(root.querySelector('figure + p')?.textContent).toBe('^');
  });

  it('in a nested block of code stands inside the same list', () => {
    const root = place('- item\n\n  ```\n  code^\n  ```\n- next');
    expect(root.querySelector('li:first-child > p:last-child')?.textContent).toBe('^');
  });

  it('beyond the end waits while the text grows, and stands at the end when it is whole', () => {
    const marks = marksAt(9);
    const root = draw('One', marks, true);
    expect(root.textContent).toBe('One');
    draw('One two three', marks, true, root);
    expect(root.textContent).toBe('One two t^hree');
    expect(draw('One', marksAt(99)).textContent).toBe('One^');
    expect(draw('- One', marksAt(-3, 99)).textContent).toBe('^One^');
  });

  it('keeps its place in words that are not finished', () => {
    expect(draw('Say **this lou', marksAt(10), true).querySelector('strong')?.textContent).toBe(
      'this^ lou',
    );
  });

  it('leaves what stands as it is while more text comes', () => {
    const draws = vi.fn(() => '^');
    const marks = new Marks([{ index: 4, draw: draws }]);
    const root = draw('One.\n\nTw', marks, true);
    const first = root.querySelector('p');
    draw('One.\n\nTwo words', marks, true, root);
    expect(root.querySelector('p')).toBe(first);
    expect(draws).toHaveBeenCalledTimes(1);
  });

  it('is shown even where nothing else is', () => {
    expect(draw('---', marksAt(3)).querySelector('p')?.textContent).toBe('^');
  });

  it('is found again in nests as deep as anybody makes them', () => {
    const deep = `${'> '.repeat(300)}word`;
    expect(draw(deep, marksAt(deep.length)).textContent).toContain('^');
  });
});
