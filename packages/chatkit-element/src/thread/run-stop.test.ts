import { describe, expect, it } from 'vitest';
import { asked, half, rest, runs } from '../testing/asked';
import { setUp } from '../testing/controller';
import { refusal, until } from '../testing/fake-server';
import { settle } from '../testing/fake-world';
import * as wire from '../testing/wire';

describe('stopping a run', () => {
  it('asks the server once and reads on to the end', async () => {
    const { controller, server, texts, idle, named, world } = await asked();
    controller.stop();
    controller.stop();
    expect(controller.state).toMatchObject({ phase: 'responding', stopping: true });
    await until(() => server.run.stops === 1);
    expect(server.stream.aborted).toBe(false);
    expect(server.last('runs.stop')?.params).toEqual({ run_id: 'run_1' });
    server.run.send(wire.done(wire.answerItem('m2', 'Half, kept'))).end();
    await idle();
    expect(texts()).toEqual(['Q', 'Half, kept']);
    expect(controller.state).toMatchObject({ stopping: false, failure: null });
    expect(server.count('runs.stop')).toBe(1);
    expect(named('chatkit.response.end')).toHaveLength(1);
    expect(world.timers).toBe(0);
  });

  it('does not wait for ever for that end', async () => {
    const { controller, server, texts, world, givenBack } = await asked();
    controller.stop();
    await world.pass(2_999);
    expect(controller.state.phase).toBe('responding');
    await world.pass(1);
    expect(controller.state).toMatchObject({ phase: 'idle', stopping: false, failure: null });
    expect(texts()).toEqual(['Q', 'Half']);
    expect(givenBack).toEqual([]);
    expect(server.stream.aborted).toBe(true);
  });

  it('works after a cut, while the connection is lost, and in another tab', async () => {
    const { controller, server, world } = await asked();
    server.going = server.run;
    server.storing(wire.loaded('thr_1', [wire.userItem('m1', 'Q')]));
    const other = setUp(server);
    await other.controller.open('thr_1');
    server.onFollow = () => Promise.reject(new TypeError('Failed to fetch'));
    server.run.cut();
    await world.pass(1_500);
    expect(controller.state.connected).toBe(false);
    controller.stop();
    other.controller.stop();
    await until(() => server.run.stops === 2);
    server.onFollow = null;
    server.run.send(wire.done(wire.answerItem('m2', 'Kept'))).end();
    for (const set of [{ controller, world }, other])
      await set.world.until(() => set.controller.state.phase === 'idle');
    expect(other.texts()).toEqual(['Q', 'Kept']);
  });

  it('a run that is gone has stopped: what is left of it is read', async () => {
    const { controller, server, idle, texts } = await asked();
    server.answer('runs.stop', () => refusal(404, 'not_found', 'No such run.'));
    controller.stop();
    await until(() => server.count('runs.stop') === 1);
    await settle();
    expect(controller.state.phase).toBe('responding');
    server.run.send(wire.done(wire.answerItem('m2', 'Kept'))).end();
    await idle();
    expect(controller.state.failure).toBeNull();
    expect(texts()).toEqual(['Q', 'Kept']);
  });

  it('that cannot be asked for is not claimed', async () => {
    const { controller, server, idle, texts } = await asked();
    server.answer('runs.stop', () => refusal(500, 'oops', 'Oops.'));
    controller.stop();
    await idle();
    expect(controller.state).toMatchObject({
      stopping: false,
      failure: { code: 'stop_failed', message: null, remedy: 'reconnect' },
    });
    controller.reconnect();
    server.run.send(...rest).end();
    await idle();
    expect(texts()).toEqual(['Q', 'Half and whole']);
  });

  it('before the server took the message, on a server known to have runs', async () => {
    const { controller, server, idle, texts, givenBack } = await asked();
    server.run.send(...rest).end();
    await idle();
    const own = server.fetch.getMockImplementation();
    let answer = () => {};
    server.fetch.mockImplementationOnce(
      (url, init) =>
        new Promise((resolve) => {
          answer = () => resolve(own?.(url, init) as Promise<Response>);
        }),
    );
    const sent = controller.send({ text: 'More' });
    controller.stop();
    expect(controller.state).toMatchObject({ phase: 'responding', stopping: true });
    answer();
    await sent;
    await until(() => server.run.stops === 1);
    server.run.send(wire.done(wire.userItem('m3', 'More'))).end();
    await idle();
    expect(texts()).toEqual(['Q', 'Half and whole', 'More']);
    expect(givenBack).toEqual([]);
  });

  it('before the server took the message, if it never does: the words come back', async () => {
    const { controller, server, idle, texts, givenBack, world } = await asked();
    server.run.send(...rest).end();
    await idle();
    server.fetch.mockImplementationOnce(() => new Promise(() => {}));
    void controller.send({ text: 'More' });
    controller.stop();
    await world.pass(3_000);
    expect(controller.state.phase).toBe('idle');
    expect(givenBack).toEqual(['More']);
    expect(texts()).toEqual(['Q', 'Half and whole']);
  });
});

describe('leaving', () => {
  it('a run is left to the server, and found again', async () => {
    const { controller, server, texts, idle } = await asked();
    server.going = server.run;
    server.storing(wire.loaded('thr_1', [wire.userItem('m1', 'Q')]));
    const reader = server.stream;
    controller.refuseToLeave('setThreadId');
    controller.newThread();
    await until(() => reader.cancelled || reader.aborted);
    expect(server.count('runs.stop')).toBe(0);
    await controller.open('thr_1');
    server.run.send(...rest).end();
    await idle();
    expect(texts()).toEqual(['Q', 'Half and whole']);
  });

  it('the view, before the thread had a name, and coming back', async () => {
    const { controller, server, texts, idle } = runs();
    await controller.send({ text: 'Q' });
    await settle();
    expect(controller.leave()).toBe(true);
    server.run.send(...half, ...rest);
    controller.returned();
    await until(() => texts().includes('Half and whole'));
    server.run.end();
    await idle();
    expect(texts()).toEqual(['Q', 'Half and whole']);
  });
});
