import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Mounted } from '../../testing/mount';

class FakeViewport extends EventTarget {
  height = 800;
  offsetTop = 0;
  scale = 1;

  become(change: Partial<Pick<FakeViewport, 'height' | 'offsetTop' | 'scale'>>): void {
    Object.assign(this, change);
    this.dispatchEvent(new Event('resize'));
  }
}

let viewport: FakeViewport;
let added: string[];

beforeEach(() => {
  viewport = new FakeViewport();
  added = [];
  for (const [how, note] of [
    ['addEventListener', (type: string) => added.push(type)],
    ['removeEventListener', (type: string) => added.splice(added.indexOf(type), 1)],
  ] as const) {
    const real = viewport[how].bind(viewport);
    viewport[how] = (type: string, hear: EventListenerOrEventListenerObject | null) => {
      note(type);
      real(type, hear);
    };
  }
  vi.stubGlobal('visualViewport', viewport);
  vi.stubGlobal('matchMedia', (query: string) => ({ matches: query.includes('coarse') }));
  vi.spyOn(document.documentElement, 'clientHeight', 'get').mockReturnValue(800);
});

afterEach(() => {
  document.body.replaceChildren();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** A chat that ends so far down in the page. */
async function touched(bottom = 800) {
  const chat = await new Mounted().start();
  const frame = chat.find('.chat');
  vi.spyOn(frame, 'getBoundingClientRect').mockReturnValue({ bottom } as DOMRect);
  await chat.until(() => added.length === 2);
  return { chat, frame };
}

const room = (frame: HTMLElement) => frame.style.getPropertyValue('--keyboard');

it('[row 134] the chat ends where the keyboard begins, and only while it is written in', async () => {
  const { chat, frame } = await touched();
  viewport.become({ height: 500 });
  expect(frame.hasAttribute('data-keyboard')).toBe(false);
  chat.input.focus();
  expect(room(frame)).toBe('300px');
  expect(frame.hasAttribute('data-keyboard')).toBe(true);
  viewport.become({ height: 480, offsetTop: 100 });
  expect(room(frame)).toBe('220px');
  chat.input.blur();
  expect(frame.hasAttribute('data-keyboard')).toBe(false);
});

it.each([
  ['a bar of the browser', { height: 720 }, 800],
  ['a zoom', { height: 300, scale: 2 }, 800],
  ['a chat above the keyboard', { height: 500 }, 480],
])('[row 134] %s takes nothing from it', async (_, change, bottom) => {
  const { chat, frame } = await touched(bottom);
  chat.input.focus();
  viewport.become(change);
  expect(room(frame)).toBe('0px');
});

it('[row 134] a chat longer than the page loses no more than the keyboard takes', async () => {
  const { chat, frame } = await touched(1500);
  chat.input.focus();
  viewport.become({ height: 500 });
  expect(room(frame)).toBe('300px');
});

it('[row 134] a chat that is removed hears no more of it, and one that is back does', async () => {
  const { chat, frame } = await touched();
  chat.element.remove();
  viewport.become({ height: 500 });
  expect(added).toEqual([]);
  document.body.append(chat.element);
  await chat.until(() => added.length === 2);
  chat.input.focus();
  viewport.become({ height: 500 });
  expect(room(frame)).toBe('300px');
});
