import { describe, expect, it } from 'vitest';
import { inThread, setUp } from '../testing/controller';
import { FakeServer, refusal } from '../testing/fake-server';
import * as wire from '../testing/wire';

describe('threads', () => {
  const items = Array.from({ length: 70 }, (_, n) => wire.answerItem(`i${n}`, `text ${n}`));
  const longThread = () =>
    new FakeServer()
      .answer(
        'threads.get_by_id',
        wire.thread('thr_1', { items: { data: items.slice(0, 20), has_more: true, after: 'i19' } }),
      )
      .answer('items.list', ({ after, limit }) => {
        const newest = items.toReversed();
        const start = after ? newest.findIndex(({ id }) => id === after) + 1 : 0;
        const data = newest.slice(start, start + Number(limit));
        return { data, has_more: start + Number(limit) < items.length, after: data.at(-1)?.id };
      });

  it('a long thread opens at its end and pages upward to its start', async () => {
    const { controller, texts, events } = setUp(longThread());
    await controller.open('thr_1');
    expect(texts().at(-1)).toBe('text 69');
    expect(texts()).toHaveLength(30);
    await controller.loadOlder();
    await controller.loadOlder();
    expect(texts()).toEqual(items.map((_, n) => `text ${n}`));
    expect(controller.state.older.hasMore).toBe(false);
    expect(events).toEqual([
      ['chatkit.thread.load.start', { threadId: 'thr_1' }],
      ['chatkit.thread.change', { threadId: 'thr_1' }],
      ['chatkit.thread.load.end', { threadId: 'thr_1' }],
    ]);
  });

  it('a thread that came with its newest items needs no second request', async () => {
    const newest = { data: items.slice(50), has_more: true, after: 'i50' };
    const server = longThread().answer(
      'threads.get_by_id',
      wire.thread('thr_1', { items: newest }),
    );
    const { controller, texts } = setUp(server);
    await controller.open('thr_1');
    expect(texts()).toEqual(items.slice(50).map((_, n) => `text ${n + 50}`));
    expect(server.requests.map(({ type }) => type)).toEqual(['threads.get_by_id']);
    await controller.loadOlder();
    await controller.loadOlder();
    expect(texts()).toEqual(items.map((_, n) => `text ${n}`));
    expect(controller.state.older.hasMore).toBe(false);
  });

  it('one that is not there says so and offers to try again', async () => {
    const { controller, server, named } = setUp();
    server.answer('threads.get_by_id', refusal(404, 'not_found', 'There is no such chat.'));
    await expect(controller.open('gone')).rejects.toMatchObject({ status: 404 });
    expect(controller.state.failure).toEqual({
      code: 'not_found',
      message: 'There is no such chat.',
      remedy: 'reload',
    });
    expect(named('chatkit.thread.load.end')).toEqual([{ threadId: 'gone' }]);
    server.answer('threads.get_by_id', wire.loaded('gone', []));
    await controller.reload();
    expect(controller.activeThreadId).toBe('gone');
  });

  it('the thread asked for last wins, however the answers come', async () => {
    const server = new FakeServer();
    const { controller } = setUp(server);
    let slow: (response: Response) => void = () => {};
    server.fetch.mockImplementationOnce(
      () =>
        new Promise((resolve) => {
          slow = resolve;
        }),
    );
    const first = controller.open('slow');
    server.answer('threads.get_by_id', wire.loaded('fast', []));
    await controller.open('fast');
    slow(Response.json(wire.loaded('slow', [])));
    await first;
    expect(controller.activeThreadId).toBe('fast');
  });

  it('fetchUpdates brings what changed elsewhere', async () => {
    const { controller, server, texts } = await inThread();
    server.answer(
      'threads.get_by_id',
      wire.loaded('thr_1', [wire.userItem('m1', 'Hello'), wire.answerItem('m9', 'Edited')], {
        title: 'T',
      }),
    );
    await controller.refresh();
    expect(texts()).toEqual(['Hello', 'Edited']);
    expect(controller.state.thread?.title).toBe('T');
  });
});
