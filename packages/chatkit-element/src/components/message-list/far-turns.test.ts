import { html, render } from 'lit';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { repeat } from '../../lazy/repeat';
import { en } from '../../locales/en';
import { readItem, type ThreadItem } from '../../protocol/items';
import { answerItem } from '../../testing/wire';
import { FarTurns } from './far-turns';
import type { Turn } from './turns';

const HEIGHT = 100.5;
const CONTENT: Record<string, unknown> = {
  t250: html`<button></button>`,
  t290: html`<details class="sources"></details>`,
};

function turnsFrom(first: number, after: number): Turn[] {
  return Array.from({ length: after - first }, (_, index) => {
    const key = `t${first + index}`;
    const item = readItem(answerItem(key, key)) as ThreadItem;
    const rows: Turn['rows'] = [{ type: 'entry', key, entry: { key, item, status: 'done' } }];
    return { key, place: key, unsent: false, rows };
  });
}

let list: HTMLElement;
let column: HTMLElement;
let read: HTMLElement | null;
let far: FarTurns;
let height: string;
const redraw = vi.fn();

/** Draws what was chosen, each turn as high as all. Gives what is in the document. */
function draw(turns: Turn[]): string[] {
  const chosen = far.choose(turns);
  const drawn = repeat(
    chosen,
    ({ place }) => place,
    (one) =>
      'gap' in one
        ? one.gap
        : html`<div class="turn" data-key=${one.place}>${CONTENT[one.place]}</div>`,
  );
  render(drawn, column);
  return chosen.map(({ place }) => place);
}

const at = (place: string) =>
  ([...column.children] as HTMLElement[]).find(({ dataset }) => dataset.key === place) ?? null;
/** How many turns in a row after that one are in the document. */
function drawnAround(turn: number): number {
  let count = 0;
  while (at(`t${turn + count + 1}`)) count += 1;
  return count;
}
const heightOf = (place: string) => Number.parseFloat(at(place)?.style.height ?? '');

/** Whether others are drawn once this frame is on screen. */
function drawsAfterPaint(): boolean {
  redraw.mockClear();
  far.follow();
  expect(redraw).not.toHaveBeenCalled();
  vi.advanceTimersByTime(20);
  return redraw.mock.calls.length > 0;
}

beforeEach(() => {
  vi.useFakeTimers();
  document.body.innerHTML = '<div class="list"><div class="column"></div></div>';
  list = document.querySelector('.list') as HTMLElement;
  column = document.querySelector('.column') as HTMLElement;
  read = null;
  height = `${HEIGHT}px`;
  redraw.mockClear();
  // As a browser gives it: jsdom lays nothing out.
  vi.stubGlobal('getComputedStyle', () => ({ height }));
  far = new FarTurns({
    root: () => document,
    read: () => read,
    words: () => en,
    redraw,
  });
});

afterEach(() => vi.useRealTimers());

it('[row 33] a thread that opens has its newest turns in the document', () => {
  const places = draw(turnsFrom(0, 300));
  expect(places).toEqual(['before t219', ...turnsFrom(219, 300).map(({ place }) => place)]);
  expect(at('before t219')?.textContent?.trim()).toBe(
    'More messages, shown when you come near: 219',
  );
});

it('[row 33] what goes out leaves a place as high as it was, what comes is what is near', () => {
  const turns = turnsFrom(0, 300);
  draw(turns);
  read = at('t221');
  expect(drawsAfterPaint()).toBe(true);
  draw(turns);
  expect(drawsAfterPaint()).toBe(false);
  expect(at('t141')).not.toBeNull();
  expect(at('t140')).toBeNull();
  read = at('t141');
  draw(turns);
  expect(heightOf('before t299')).toBe((299 - 222) * HEIGHT);
  // A few turns further nothing has to be drawn.
  read = at('t144');
  expect(drawsAfterPaint()).toBe(false);
  read = at('t145');
  expect(drawsAfterPaint()).toBe(true);
});

it('[row 33] who is taken into a gap finds what belongs there', () => {
  const turns = turnsFrom(0, 300);
  for (const place of ['t299', 't220', 't140']) {
    read = at(place);
    draw(turns);
  }
  // t0 to t59 were never drawn.
  const gap = at('before t299') as HTMLElement;
  Object.defineProperty(gap, 'offsetTop', { value: 10_000 });
  list.scrollTop = 10_000 + 30.5 * HEIGHT;
  read = gap;
  redraw.mockClear();
  far.follow();
  expect(redraw).toHaveBeenCalledOnce();
  draw(turns);
  // What is in sight at once, and in each frame more around it.
  expect(drawnAround(251)).toBe(4);
  read = at('t251');
  expect(drawsAfterPaint()).toBe(true);
  vi.advanceTimersByTime(13);
  draw(turns);
  expect(drawnAround(251)).toBe(8);
  // That took long: fewer at a time.
  expect(drawsAfterPaint()).toBe(true);
  draw(turns);
  expect(drawnAround(251)).toBe(10);
});

it('[row 33] what is drawn at once fills the view, however high turns are', () => {
  const turns = turnsFrom(0, 300);
  Object.defineProperty(list, 'clientHeight', { value: 800 });
  draw(turns);
  read = at('before t219');
  draw(turns);
  // Never drawn, and taken for 200 high: the one that is read and a view more are five of them.
  expect(drawnAround(0)).toBe(5);
});

it('[row 33] earlier turns that come above leave those in the document that are read', () => {
  draw(turnsFrom(100, 300));
  read = at('t220');
  draw(turnsFrom(100, 300));
  const places = draw(turnsFrom(60, 300));
  expect(places.slice(0, 2)).toEqual(['before t140', 't140']);
});

it('[row 33] keeps what has the focus, what is selected and what was unfolded', () => {
  const turns = turnsFrom(0, 300);
  draw(turns);
  at('t250')?.querySelector('button')?.focus();
  const details = at('t290')?.querySelector('details') as HTMLDetailsElement;
  details.open = true;
  document
    .getSelection()
    ?.setBaseAndExtent(at('t270') as HTMLElement, 0, at('t272') as HTMLElement, 1);
  read = at('t219');
  draw(turns);
  read = at('t139');
  const places = draw(turns);
  expect(places.slice(places.indexOf('t219') + 1)).toEqual([
    'before t250',
    't250',
    'before t270',
    't270',
    't271',
    't272',
    'before t290',
    't290',
    'before t299',
    't299',
  ]);
});

it('[row 33] an answer goes on in the document above a message that did not get through', () => {
  const turns = turnsFrom(0, 300).map((turn) => ({ ...turn, unsent: turn.place === 't299' }));
  draw(turns);
  read = at('t219');
  draw(turns);
  read = at('t139');
  expect(draw(turns).slice(-3)).toEqual(['before t298', 't298', 't299']);
});

it('[row 33] a chat that is not shown does not take its turns for flat', () => {
  const turns = turnsFrom(0, 300);
  draw(turns);
  read = at('t220');
  height = 'auto';
  draw(turns);
  read = at('t140');
  draw(turns);
  // Nobody knows of any how high it is.
  expect(heightOf('before t299')).toBe((299 - 221) * 200);
});
