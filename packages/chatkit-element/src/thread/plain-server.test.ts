import { describe, expect, it } from 'vitest';
import { half, rest } from '../testing/asked';
import { setUp } from '../testing/controller';
import { refusal, until } from '../testing/fake-server';
import { settle } from '../testing/fake-world';
import * as wire from '../testing/wire';

describe('a plain server', () => {
  const plain = async () => {
    const set = setUp();
    await set.controller.send({ text: 'Q' });
    set.server.stream.send(...half);
    await until(() => set.texts().includes('Half'));
    set.controller.attend();
    return set;
  };

  it.each(['cut', 'close'] as const)(
    '%s: an end is an end, and nothing is followed',
    async (end) => {
      const { server, idle, controller, world } = await plain();
      server.stream.raw(': end\n\n')[end]();
      await idle();
      await world.pass(600_000);
      await world.tell('online');
      await world.tell('visible');
      expect(server.requests.map(({ type }) => type)).toEqual(['threads.create']);
      expect(controller.state.failure?.remedy).toBe(end === 'cut' ? 'regenerate' : undefined);
    },
  );

  it('silence, sleep and the network’s return change nothing', async () => {
    const { server, controller, world, texts } = await plain();
    await world.pass(600_000);
    await world.tell('online');
    await world.sleep(3_600_000);
    await world.tell('visible');
    expect(controller.state).toMatchObject({ phase: 'responding', connected: true });
    expect(server.stream.aborted || server.stream.cancelled).toBe(false);
    server.stream.send(...rest).close();
    await until(() => texts().includes('Half and whole'));
    expect(world.timers).toBe(0);
  });

  it('a thread that was loaded is not read again when the page is looked at', async () => {
    const { server, controller, world } = setUp();
    controller.attend();
    server.answer('threads.get_by_id', wire.loaded('thr_1', [wire.userItem('m1', 'Q')]));
    await controller.open('thr_1');
    await world.tell('visible');
    await settle();
    expect(server.count('threads.get_by_id')).toBe(1);
  });

  it('a stop closes the connection, at once', async () => {
    const { server, controller } = await plain();
    controller.stop();
    expect(server.stream.aborted).toBe(true);
    expect(controller.state).toMatchObject({ phase: 'idle', stopping: false });
    expect(server.count('runs.stop')).toBe(0);
  });

  it('a stop before the message was taken gives it back, at once', async () => {
    const { server, controller, givenBack } = setUp();
    let signal: AbortSignal | null | undefined;
    server.fetch.mockImplementationOnce((_, init) => {
      signal = init?.signal;
      return new Promise(() => {});
    });
    void controller.send({ text: 'Q' });
    controller.stop();
    expect(signal?.aborted).toBe(true);
    expect(givenBack).toEqual(['Q']);
    expect(controller.state).toMatchObject({ phase: 'idle', stopping: false, entries: [] });
  });

  it('leaving closes the connection; the page may not leave by itself', async () => {
    const { server, controller } = await plain();
    expect(() => controller.refuseToLeave('setThreadId')).toThrow('already responding');
    controller.newThread();
    expect(server.stream.aborted).toBe(true);
  });

  it('a thread that is opened is idle', async () => {
    const { server, controller } = setUp();
    server.answer('threads.get_by_id', wire.loaded('thr_1', [wire.userItem('m1', 'Q')]));
    await controller.open('thr_1');
    await controller.refresh();
    expect(controller.state.phase).toBe('idle');
    expect(server.requests.map(({ type }) => type)).toEqual([
      'threads.get_by_id',
      'threads.get_by_id',
    ]);
  });

  it('a 409 is a refusal like others', async () => {
    const { server, controller } = setUp();
    server.answer('threads.create', refusal(409, 'conflict', 'Not now.'));
    await controller.send({ text: 'Q' }).catch(() => {});
    expect(controller.state).toMatchObject({ phase: 'idle', failure: { message: 'Not now.' } });
    expect(server.requests).toHaveLength(1);
  });
});
