import { describe, expect, it } from 'vitest';
import { asked, half, rest, runs } from '../testing/asked';
import { refusal } from '../testing/fake-server';
import * as wire from '../testing/wire';

describe('a resumable request', () => {
  it('says so in its body, each with a key of its own, and has no new header', async () => {
    const { controller, server, idle, texts } = await asked();
    server.run.send(...rest).end();
    await idle();
    await controller.send({ text: 'More' });
    server.run.send(wire.done(wire.userItem('m3', 'More'))).end();
    await idle();
    await controller.regenerate();
    server.run.end();
    await idle();
    await controller.sendCustomAction({ type: 'a' });
    server.run.end();
    await idle();
    const streaming = server.requests.map(({ metadata }) => metadata);
    expect(streaming).toHaveLength(4);
    for (const metadata of streaming) expect(metadata?.resumable).toBe(true);
    expect(new Set(streaming.map((metadata) => metadata?.idempotency_key)).size).toBe(4);
    for (const { init } of server.requests)
      expect(Object.keys(init.headers as object)).toEqual(['Content-Type', 'Accept-Language']);
    expect(texts()).toContain('Half and whole');
  });

  it('other requests say nothing of it', async () => {
    const { controller, server } = runs();
    server.storing(wire.loaded('thr_1', []));
    await controller.open('thr_1');
    expect(server.requests.map(({ metadata }) => metadata)).toEqual([undefined]);
  });

  it('sent again is the same request to the byte, and joins the run it began', async () => {
    const { controller, server, texts, idle } = runs();
    const own = server.fetch.getMockImplementation();
    server.fetch.mockImplementationOnce(async (url, init) => {
      await own?.(url, init);
      throw new TypeError('Failed to fetch');
    });
    await expect(controller.send({ text: 'Q' })).rejects.toMatchObject({ name: 'NetworkError' });
    expect(controller.state.failure).toMatchObject({ remedy: 'resend' });
    server.run.send(...half, ...rest).end();
    await controller.resend();
    await idle();
    const [first, second] = server.requests.map(({ init }) => init.body);
    expect(second).toBe(first);
    expect(server.runs).toHaveLength(1);
    expect(texts()).toEqual(['Q', 'Half and whole']);
    await controller.send({ text: 'Q' });
    expect(server.runs).toHaveLength(2);
  });
});

describe('a cut', () => {
  it('is healed from the last event on; the page is told of one answer', async () => {
    const { server, texts, idle, named, world, controller } = await asked();
    server.run.cut().send(...rest);
    await world.until(() => texts().includes('Half and whole'));
    expect(controller.state.phase).toBe('responding');
    server.run.end();
    await idle();
    expect(server.follows).toEqual([half.length]);
    expect(texts()).toEqual(['Q', 'Half and whole']);
    expect(controller.state.failure).toBeNull();
    expect(named('chatkit.response.start')).toHaveLength(1);
    expect(named('chatkit.response.end')).toHaveLength(1);
    expect(named('chatkit.error')).toEqual([]);
    expect(world.timers).toBe(0);
  });

  it('of longer than a second is shown, and only so long', async () => {
    const { server, world, controller } = await asked();
    server.onFollow = () => Promise.reject(new TypeError('Failed to fetch'));
    server.run.cut();
    await world.pass(900);
    expect(controller.state.connected).toBe(true);
    await world.pass(200);
    expect(controller.state).toMatchObject({ connected: false, phase: 'responding' });
    server.onFollow = null;
    await world.tell('online');
    expect(controller.state.connected).toBe(true);
  });

  it('204: what was shown is all there is', async () => {
    const { server, world, controller, texts } = await asked();
    server.onFollow = () => new Response(null, { status: 204 });
    server.run.cut();
    await world.until(() => controller.state.phase === 'idle');
    expect(texts()).toEqual(['Q', 'Half']);
    expect(controller.state.failure).toBeNull();
  });

  it('404: what is stored is shown', async () => {
    const { server, world, controller, texts, named } = await asked();
    server.storing(
      wire.loaded('thr_1', [wire.userItem('m1', 'Q'), wire.answerItem('m2', 'Half, kept')]),
    );
    server.onFollow = () => refusal(404, 'not_found', 'No such run.');
    server.run.cut();
    await world.until(() => texts().includes('Half, kept'));
    expect(texts()).toEqual(['Q', 'Half, kept']);
    expect(controller.state).toMatchObject({ phase: 'idle', failure: null });
    expect(named('chatkit.response.end')).toHaveLength(1);
    expect(named('chatkit.error')).toEqual([]);
  });

  it('404 for the thread, too: it says so', async () => {
    const { server, world, controller } = await asked();
    const gone = () => refusal(404, 'not_found', 'It was deleted.');
    server.answer('threads.get_by_id', gone);
    server.onFollow = gone;
    server.run.cut();
    await world.until(() => controller.state.failure !== null);
    expect(controller.state.failure).toEqual({
      code: 'not_found',
      message: 'It was deleted.',
      remedy: 'reload',
    });
  });

  it('that lasts is told with a way to go on from the same place', async () => {
    const { server, world, controller, texts, idle, named } = await asked();
    server.onFollow = () => Promise.reject(new TypeError('Failed to fetch'));
    server.run.cut();
    await world.until(() => controller.state.failure !== null);
    expect(controller.state).toMatchObject({
      phase: 'idle',
      failure: { code: 'network', remedy: 'reconnect' },
    });
    expect(named('chatkit.error')).toHaveLength(1);
    server.onFollow = null;
    controller.reconnect();
    expect(controller.state).toMatchObject({ phase: 'responding', failure: null });
    expect(controller.state.entries.at(-1)?.status).toBe('streaming');
    server.run.send(...rest).end();
    await idle();
    expect(server.follows.at(-1)).toBe(half.length);
    expect(texts()).toEqual(['Q', 'Half and whole']);
    expect(named('chatkit.response.start')).toHaveLength(2);
  });

  it('that lasted is healed by itself when the network is back', async () => {
    const { server, world, controller, texts } = await asked();
    const stop = controller.attend();
    server.onFollow = () => Promise.reject(new TypeError('Failed to fetch'));
    server.run.cut();
    await world.until(() => controller.state.failure !== null);
    server.onFollow = null;
    server.run.send(...rest).end();
    await world.tell('online');
    await world.until(() => controller.state.phase === 'idle');
    expect(texts()).toEqual(['Q', 'Half and whole']);
    stop();
    expect(world.listeners).toBe(0);
  });

  it('before the message was confirmed: sent again it joins', async () => {
    const { server, world, controller, texts, idle } = runs();
    await controller.send({ text: 'Q' });
    server.onFollow = () => refusal(403, 'forbidden', 'Sign in again.');
    server.run.cut();
    await world.until(() => controller.state.failure !== null);
    expect(controller.state.failure).toMatchObject({ remedy: 'resend', message: 'Sign in again.' });
    server.run.send(...half, ...rest).end();
    await controller.resend();
    await idle();
    expect(server.runs).toHaveLength(1);
    expect(texts()).toEqual(['Q', 'Half and whole']);
  });
});

describe('a reset', () => {
  const reset = (items: object[], status = 'running') => ({
    type: 'run.reset',
    run: { id: 'run_1', status },
    thread: wire.loaded('thr_1', items, { title: 'Coffee' }),
  });

  it('takes the place of what is shown; what goes on comes after it', async () => {
    const { server, world, texts, idle, controller, named } = await asked();
    server.run
      .cut()
      .send(
        reset([wire.userItem('m1', 'Q'), wire.answerItem('m3', 'A finished part')]),
        wire.added(wire.answerItem('m4', 'So ')),
        wire.delta('m4', 'far'),
      );
    await world.until(() => texts().includes('So far'));
    expect(texts()).toEqual(['Q', 'A finished part', 'So far']);
    expect(controller.state.thread?.title).toBe('Coffee');
    expect(controller.state.phase).toBe('responding');
    server.run.send(wire.done(wire.answerItem('m4', 'So far, so good'))).end();
    await idle();
    expect(texts()).toEqual(['Q', 'A finished part', 'So far, so good']);
    expect(named('chatkit.response.start')).toHaveLength(1);
  });

  it('of a run that has ended is all there is', async () => {
    const { server, texts, idle, world } = await asked();
    const stored = [wire.userItem('m1', 'Q'), wire.answerItem('m2', 'Half and whole')];
    server.run.cut().send(reset(stored, 'done')).end();
    await world.until(() => texts().includes('Half and whole'));
    await idle();
    expect(texts()).toEqual(['Q', 'Half and whole']);
  });

  it('first of all: the message is there once, and the thread is announced', async () => {
    const { controller, server, texts, idle, named } = runs();
    await controller.send({ text: 'Q' });
    const key = controller.state.entries[0]?.key;
    server.run.send(reset([wire.userItem('m1', 'Q')]), ...wire.opening('m2')).end();
    await idle();
    expect(texts()).toEqual(['Q', '']);
    expect(controller.state.entries[0]).toMatchObject({ key, status: 'done' });
    expect(named('chatkit.thread.change')).toEqual([{ threadId: 'thr_1' }]);
  });
});
