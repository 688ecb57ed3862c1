import { beforeEach, describe, expect, it, vi } from 'vitest';
import { readItem, type ThreadItem } from '../../protocol/items';
import { answerItem } from '../../testing/wire';
import { type ChatState, EMPTY_CHAT, type Entry } from '../../thread/state';
import { ScrollKeeper } from './scroll-keeper';

function questions(status: string): Entry {
  const item = readItem({
    id: 'f',
    type: 'structured_input',
    thread_id: 't',
    created_at: '2026-11-22T06:41:16',
    status,
    inputs: [{ id: 'q', type: 'single_choice', question: 'Go on?', options: [{ value: 'Yes' }] }],
  }) as ThreadItem;
  return { key: 'f', item, status: 'done' };
}

/** A list with the measures a browser would give it. */
class FakeList {
  readonly frame = document.createElement('div');
  readonly element = document.createElement('div');
  #height = 0;

  constructor() {
    document.body.replaceChildren(this.frame);
    this.frame.append(this.element);
    Object.defineProperty(this.element, 'clientHeight', { value: 500 });
    Object.defineProperty(this.element, 'scrollHeight', { get: () => this.#height });
  }

  set height(height: number) {
    this.#height = height;
  }

  scrollTo(top: number): void {
    this.element.scrollTop = top;
    this.element.dispatchEvent(new Event('scroll'));
  }

  addTurn(key: string, top: number): void {
    const turn = document.createElement('div');
    turn.className = 'turn';
    turn.dataset.key = key;
    Object.defineProperty(turn, 'offsetTop', { value: top });
    this.element.append(turn);
  }

  /** A turn of things so high each, one below the other. */
  addColumn(heights: number[]): void {
    const column = document.createElement('div');
    column.className = 'column';
    const turn = document.createElement('div');
    turn.className = 'turn';
    column.append(turn);
    this.element.append(column);
    const sum = (end: number) => heights.slice(0, end).reduce((all, height) => all + height, 0);
    heights.forEach((_, index) => {
      const child = document.createElement('article');
      Object.defineProperties(child, {
        offsetTop: { get: () => sum(index) },
        offsetHeight: { get: () => heights[index] },
      });
      turn.append(child);
    });
    Object.defineProperties(turn, {
      offsetTop: { value: 0 },
      offsetHeight: { get: () => sum(heights.length) },
    });
  }
}

const entries = (...ids: string[]): Entry[] =>
  ids.map((id) => ({ key: id, item: readItem(answerItem(id, id)) as ThreadItem, status: 'done' }));
const chat = (more: Partial<ChatState>): ChatState => ({ ...EMPTY_CHAT, ...more });

let list: FakeList;
let keeper: ScrollKeeper;
const onNearStart = vi.fn();

/** One drawing that leaves the list `height` high. */
function draw(state: ChatState, height: number, follow = false): void {
  keeper.measure();
  list.height = height;
  keeper.settle(list.element, state, follow);
}

beforeEach(() => {
  list = new FakeList();
  onNearStart.mockReset();
  keeper = new ScrollKeeper(onNearStart);
  keeper.settle(null, chat({ phase: 'loading' }), false);
  draw(chat({ entries: entries('a', 'b') }), 2000);
});

describe('ScrollKeeper', () => {
  it('opens a thread at its end', () => {
    expect(list.element.scrollTop).toBe(2000);
    expect(list.frame.hasAttribute('data-away')).toBe(false);
  });

  it('brings a question that was sent to the top', () => {
    list.addTurn('q', 1900);
    draw(chat({ entries: entries('a', 'b', 'q'), sentKey: 'q', phase: 'responding' }), 2400);
    expect(list.element.scrollTop).toBe(1900);
  });

  it('holds what is read still when earlier messages come above', () => {
    list.scrollTo(100);
    draw(chat({ entries: entries('x', 'y', 'a', 'b') }), 3200);
    expect(list.element.scrollTop).toBe(1300);
  });

  it('keeps a message in view that waits under a growing answer, unless the reader looks elsewhere', () => {
    const failure = { code: 'thread_busy', message: null, remedy: 'resend' as const };
    const waiting = chat({ entries: entries('a', 'b'), phase: 'responding', failure });
    draw(waiting, 2100);
    draw({ ...waiting }, 2600);
    expect(list.element.scrollTop).toBe(2600);
    list.scrollTo(700);
    draw({ ...waiting }, 3000);
    expect(list.element.scrollTop).toBe(700);
  });

  it('[row 108] shows what is said to a form that was filled in here, as far as the reader stays', () => {
    const asked = [questions('pending')];
    const answered = [questions('answered')];
    draw(chat({ entries: asked }), 3000);
    list.scrollTo(0);
    draw(chat({ entries: answered, phase: 'responding' }), 3100);
    expect(list.element.scrollTop).toBe(3100);
    list.scrollTo(2600);
    draw(chat({ entries: [...answered, ...entries('a')], phase: 'responding' }), 3300);
    expect(list.element.scrollTop).toBe(3300);
    // The last words may be drawn together with the end, or after it.
    for (const height of [3400, 3500]) {
      list.scrollTo(height - 600);
      draw(chat({ entries: [...answered, ...entries('a')], phase: 'idle' }), height);
      expect(list.element.scrollTop).toBe(height);
    }
    // The next question is another matter.
    list.scrollTo(3000);
    const next = { entries: [...answered, ...entries('a', 'b')], sentKey: 'b' };
    draw(chat({ ...next, phase: 'responding' }), 3600);
    list.scrollTo(3100);
    draw(chat({ ...next, phase: 'responding' }), 3700);
    expect(list.element.scrollTop).toBe(3100);
  });

  it('[row 108] leaves who has gone elsewhere there when the form is answered', () => {
    const pending = chat({ entries: [questions('pending')] });
    draw(pending, 3000);
    draw(chat({ entries: [questions('answered')], phase: 'responding' }), 3100);
    list.scrollTo(100);
    draw(chat({ entries: [questions('answered'), ...entries('a')] }), 3400);
    expect(list.element.scrollTop).toBe(100);
  });

  it('[row 108] leaves the view alone when the form is filled in elsewhere', () => {
    const form = (status: string): Entry => ({
      key: 'f',
      item: {
        ...entries('f')[0]?.item,
        type: 'structured_input',
        status,
        inputs: [{}],
      } as unknown as ThreadItem,
      status: 'done',
    });
    draw(chat({ entries: [form('pending')] }), 3000);
    list.scrollTo(100);
    draw(chat({ entries: [form('answered')] }), 3100);
    expect(list.element.scrollTop).toBe(100);
  });

  it('asks for earlier messages near the start only', () => {
    list.scrollTo(900);
    expect(onNearStart).not.toHaveBeenCalled();
    list.scrollTo(200);
    expect(onNearStart).toHaveBeenCalledOnce();
  });

  it('[row 103] does not follow the answer unless asked to', () => {
    list.scrollTo(1500);
    draw(chat({ entries: entries('a', 'b', 'c') }), 2300);
    expect(list.element.scrollTop).toBe(1500);
    expect(list.frame.hasAttribute('data-away')).toBe(true);
  });

  it('[row 103] follows it when asked to, while the reader is at the end', () => {
    list.scrollTo(1490);
    draw(chat({ entries: entries('a', 'b', 'c') }), 2300, true);
    expect(list.element.scrollTop).toBe(2300);
    list.scrollTo(1200);
    draw(chat({ entries: entries('a', 'b', 'c', 'd') }), 2600, true);
    expect(list.element.scrollTop).toBe(1200);
  });

  it('shows a failure to who reads the end, and disturbs nobody else', () => {
    const failure = { code: 'network', message: null, remedy: null };
    list.scrollTo(1500);
    draw(chat({ entries: entries('a', 'b'), failure }), 2100);
    expect(list.element.scrollTop).toBe(2100);
    list.scrollTo(700);
    draw(chat({ entries: entries('a', 'b') }), 2000);
    draw(chat({ entries: entries('a', 'b'), failure }), 2100);
    expect(list.element.scrollTop).toBe(700);
  });

  it('[row 96] holds what is read still when something above it grows, shrinks or goes', () => {
    const heights = [100, 300, 600, 1000];
    list.addColumn(heights);
    list.scrollTo(500);
    keeper.measure();
    heights[1] = 50;
    keeper.settle(list.element, chat({ entries: entries('a', 'b'), notices: [] }), false);
    expect(list.element.scrollTop).toBe(250);
    keeper.measure();
    heights[3] = 3000;
    keeper.settle(list.element, chat({ entries: entries('a', 'b') }), false);
    expect(list.element.scrollTop).toBe(250);
  });

  it('[row 103] stays at the end when something is drawn there that had to be fetched', () => {
    const state = chat({ entries: entries('a', 'b') });
    draw(state, 2000);
    list.scrollTo(1500);
    draw(state, 2300);
    expect(list.element.scrollTop).toBe(2300);
    list.scrollTo(900);
    draw(state, 2600);
    expect(list.element.scrollTop).toBe(900);
  });

  it('[row 103] the button leads to the end, and the keyboard goes on from there', () => {
    const scrollTo = vi.fn();
    list.element.scrollTo = scrollTo;
    list.element.tabIndex = 0;
    vi.stubGlobal('matchMedia', () => ({ matches: false }));
    list.scrollTo(1000);
    keeper.travelToEnd();
    expect(scrollTo).toHaveBeenLastCalledWith({ top: 2000, behavior: 'smooth' });
    expect(document.activeElement).toBe(list.element);
    list.height = 9000;
    keeper.travelToEnd();
    expect(scrollTo).toHaveBeenLastCalledWith({ top: 9000, behavior: 'instant' });
    vi.unstubAllGlobals();
  });

  it('puts the list back where it was before it left the document', () => {
    list.scrollTo(640);
    list.element.scrollTop = 0;
    keeper.restore();
    expect(list.element.scrollTop).toBe(640);
  });

  it('[row 33] puts what was read back, though what is above it is as high as the browser guesses', () => {
    const heights = [100, 300, 600, 1000];
    list.addColumn(heights);
    list.scrollTo(500);
    heights[0] = 900;
    list.element.scrollTop = 0;
    keeper.restore();
    expect(list.element.scrollTop).toBe(1300);
  });
});

describe('words that are drawn between two drawings of the chat', () => {
  it('[row 103] take along who reads the end, when the view is to follow', () => {
    draw(chat({ entries: entries('a', 'b') }), 800, true);
    list.height = 2000; // drawn by the text itself
    draw(chat({ entries: entries('a', 'b') }), 2000, true);
    expect(list.element.scrollTop).toBe(2000);
  });

  it('[row 103] leave alone who has scrolled away, and who does not follow', () => {
    draw(chat({ entries: entries('a', 'b') }), 800, true);
    list.scrollTo(100);
    list.height = 2000;
    draw(chat({ entries: entries('a', 'b') }), 2000, true);
    expect(list.element.scrollTop).toBe(100);
  });
});
