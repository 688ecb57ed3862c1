import { html, render } from 'lit';
import { expect, it } from 'vitest';
import { repeat } from './repeat';

const own = (word: string) => word;

function draw(words: string[], into: HTMLElement): string {
  const items = repeat(words, own, (word) => html`<i>${word}</i>`);
  render(html`<p>${items}</p>`, into);
  return into.textContent ?? '';
}

it('what goes leaves nothing behind, and what stays is the same', () => {
  const place = document.createElement('div');
  expect(draw(['a', 'b', 'c'], place)).toBe('abc');
  const nodes = place.querySelector('p')?.childNodes.length;
  const stays = place.querySelectorAll('i')[1];
  expect(draw(['b'], place)).toBe('b');
  expect(draw(['d', 'b', 'e', 'f'], place)).toBe('dbef');
  expect(draw(['f', 'd', 'b'], place)).toBe('fdb');
  expect(place.querySelector('p')?.childNodes.length).toBe(nodes);
  expect(place.querySelectorAll('i')[2]).toBe(stays);
  draw([], place);
  expect(draw(['b'], place)).toBe('b');
});
