import { describe, expect, it } from 'vitest';
import { setUp } from '../testing/controller';
import { FakeServer, refusal, until } from '../testing/fake-server';
import * as wire from '../testing/wire';

describe('history', () => {
  const threads = Array.from({ length: 35 }, (_, n) =>
    wire.thread(`t${n}`, { title: `Chat ${n}` }),
  );
  const withHistory = () =>
    new FakeServer()
      .answer('threads.list', ({ after, limit }) => {
        const start = after ? threads.findIndex(({ id }) => id === after) + 1 : 0;
        const data = threads.slice(start, start + Number(limit));
        return { data, has_more: start + Number(limit) < threads.length, after: data.at(-1)?.id };
      })
      .answer('threads.update', wire.thread('t0', { title: 'New' }))
      .answer('threads.delete', Response.json({}));

  it('opens, pages, closes, and says so once each', async () => {
    const { controller, events, server } = setUp(withHistory());
    const { history } = controller;
    history.show();
    history.show();
    await until(() => history.state.loaded);
    expect(server.requests.map(({ type, params }) => [type, params])).toEqual([
      ['threads.list', { order: 'desc', limit: 30 }],
    ]);
    await history.load(false);
    expect(history.state.threads.map(({ id }) => id)).toEqual(threads.map(({ id }) => id));
    expect(history.state.hasMore).toBe(false);
    history.hide();
    history.hide();
    expect(events).toEqual([
      ['chatkit.history.open', undefined],
      ['chatkit.history.close', undefined],
    ]);
  });

  it('renames here and on the server, and takes it back when refused', async () => {
    const { controller, server } = setUp(withHistory());
    const { history } = controller;
    await history.load(true);
    const [thread] = history.state.threads;
    if (!thread) throw new Error('no thread');
    await history.rename(thread, ' New ');
    expect(server.last('threads.update')?.params).toEqual({ thread_id: 't0', title: 'New' });
    expect(history.state.threads[0]?.title).toBe('New');
    server.answer('threads.update', refusal(403, 'forbidden', 'Not yours.'));
    await history.rename({ ...thread, title: 'New' }, 'Other');
    expect(history.state).toMatchObject({ message: 'Not yours.' });
    expect(history.state.threads[0]?.title).toBe('New');
  });

  it('deleting the thread on screen starts a new chat', async () => {
    const server = withHistory().answer('threads.get_by_id', wire.loaded('t0', []));
    const { controller, named } = setUp(server);
    await controller.open('t0');
    await controller.history.load(true);
    const [thread] = controller.history.state.threads;
    if (!thread) throw new Error('no thread');
    await controller.history.delete(thread);
    expect(controller.activeThreadId).toBeNull();
    expect(controller.history.state.threads).toHaveLength(29);
    expect(named('chatkit.thread.change').at(-1)).toEqual({ threadId: null });
  });
});
