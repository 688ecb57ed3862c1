import { afterEach, describe, expect, it, vi } from 'vitest';
import { FakeServer } from './testing/fake-server';
import { Mounted } from './testing/mount';
import * as wire from './testing/wire';

afterEach(() => {
  document.body.replaceChildren();
});

/** A server that has a long thread, and answers nothing of a kind while it is held. */
class HeldServer extends FakeServer {
  readonly ended: string[] = [];
  readonly #held = new Set<string>();

  constructor() {
    super();
    const items = [wire.userItem('m1', 'Q'), wire.answerItem('m2', 'A')];
    this.answer('threads.get_by_id', ({ thread_id: id }) =>
      wire.thread(String(id), { items: { data: items, has_more: true, after: 'm1' } }),
    );
    this.answer('threads.list', { data: [wire.thread()], has_more: false });
    this.answer('items.list', { data: [wire.userItem('m0', 'First')], has_more: false });
    const plain = this.fetch.getMockImplementation();
    this.fetch.mockImplementation((url, init = {}) => {
      const { type } = JSON.parse(String(init.body));
      if (this.#held.has(type)) return this.#wait(type, init.signal);
      return plain?.(url, init) ?? Promise.reject(new Error('no server'));
    });
  }

  hold(...types: string[]): void {
    for (const type of types) this.#held.add(type);
  }

  free(): void {
    this.#held.clear();
  }

  #wait(type: string, signal: AbortSignal | null | undefined): Promise<Response> {
    return new Promise((_, reject) => {
      signal?.addEventListener('abort', () => {
        this.ended.push(type);
        reject(signal.reason);
      });
    });
  }
}

async function remove(chat: Mounted): Promise<void> {
  chat.element.remove();
  await Promise.resolve();
}

describe('[row 10] out of the document', () => {
  it('a thread that was loading ends, and loads again after the return', async () => {
    const server = new HeldServer();
    server.hold('threads.get_by_id');
    const chat = await new Mounted(server).start({ initialThread: 'thr_1' });
    await chat.until(() => chat.named('thread.load.start').length === 1);
    await remove(chat);
    expect(server.ended).toEqual(['threads.get_by_id']);
    server.free();
    document.body.append(chat.element);
    await chat.until(() => chat.all('.bubble').length === 1);
    expect(chat.named('error')).toEqual([]);
    expect(chat.named('thread.change')).toEqual([{ threadId: 'thr_1' }]);
  });

  it('earlier messages, the list of chats and an update end, and can be asked for again', async () => {
    const server = new HeldServer();
    const chat = await new Mounted(server).start();
    await chat.element.setThreadId('thr_1');
    await chat.settled();
    server.hold('items.list', 'threads.list', 'threads.get_by_id');
    chat.button('Show earlier messages').click();
    await chat.element.showHistory();
    const updated = chat.element.fetchUpdates();
    await chat.until(() => server.fetch.mock.calls.length === 4);
    await remove(chat);
    await updated;
    expect(server.ended.sort()).toEqual(['items.list', 'threads.get_by_id', 'threads.list']);
    server.free();
    document.body.append(chat.element);
    await chat.until(() => chat.all('.thread').length === 1);
    await chat.element.hideHistory();
    chat.button('Show earlier messages').click();
    await chat.until(() => chat.all('.bubble').length === 2);
    expect(chat.named('error')).toEqual([]);
  });

  it('earlier messages alone, which then come when they are asked for', async () => {
    const server = new HeldServer();
    const chat = await new Mounted(server).start();
    await chat.element.setThreadId('thr_1');
    await chat.settled();
    server.hold('items.list');
    chat.button('Show earlier messages').click();
    await chat.until(() => server.fetch.mock.calls.length === 2);
    await remove(chat);
    server.free();
    document.body.append(chat.element);
    await chat.settled();
    chat.button('Show earlier messages').click();
    await chat.until(() => chat.all('.bubble').length === 2);
  });

  it('words that may not have arrived can be sent again', async () => {
    const server = new HeldServer();
    server.hold('threads.create');
    const chat = await new Mounted(server).start();
    void chat.element.sendUserMessage({ text: 'Hello' });
    await chat.until(() => chat.all('.bubble').length === 1);
    await remove(chat);
    expect(server.ended).toEqual(['threads.create']);
    server.free();
    document.body.append(chat.element);
    await chat.until(() => chat.all('[part=failure]').length === 1);
    chat.button('Try again').click();
    await chat.until(() => server.count('threads.create') === 1);
  });

  it('calls wait for the return', async () => {
    const chat = await new Mounted(new HeldServer()).start();
    await remove(chat);
    const opened = chat.element.setThreadId('thr_1');
    expect(chat.server.requests).toEqual([]);
    document.body.append(chat.element);
    await opened;
    expect(chat.server.count('threads.get_by_id')).toBe(1);
  });

  it('nothing of the page hears of it any more', async () => {
    const heard = [vi.spyOn(window, 'addEventListener'), vi.spyOn(document, 'addEventListener')];
    const ended = [
      vi.spyOn(window, 'removeEventListener'),
      vi.spyOn(document, 'removeEventListener'),
    ];
    const kinds = (spies: typeof heard | typeof ended) =>
      spies.flatMap(({ mock }) => mock.calls.map(([kind]) => String(kind))).sort();
    const chat = await new Mounted().start();
    expect(kinds(heard)).toContain('visibilitychange');
    await remove(chat);
    expect(kinds(ended)).toEqual(kinds(heard));
  });
});
