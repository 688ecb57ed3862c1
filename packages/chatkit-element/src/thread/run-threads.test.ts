import { describe, expect, it } from 'vitest';
import { asked, beginning, rest, runs } from '../testing/asked';
import { setUp } from '../testing/controller';
import { FakeRunServer } from '../testing/fake-runs';
import { refusal, until } from '../testing/fake-server';
import { settle } from '../testing/fake-world';
import * as wire from '../testing/wire';

describe('a thread in which a run goes on', () => {
  const stored = wire.loaded('thr_1', [wire.userItem('m1', 'Q'), wire.answerItem('m2', 'First')]);
  const replay = [
    ...beginning,
    ...wire.opening('m2'),
    wire.delta('m2', 'First'),
    wire.done(wire.answerItem('m2', 'First')),
    ...wire.opening('m3'),
    wire.delta('m3', 'Second'),
  ];

  async function opened() {
    const server = new FakeRunServer().storing(stored);
    server.going = server.begin().send(...replay);
    const set = setUp(server);
    const seen: string[][] = [];
    const dispatch = set.controller.dispatch.bind(set.controller);
    set.controller.dispatch = (event) => {
      dispatch(event);
      seen.push(set.texts());
    };
    await set.controller.open('thr_1');
    return { ...set, seen };
  }

  it('is followed from its start, and the page is told in order', async () => {
    const { controller, server, texts, idle, events } = await opened();
    expect(controller.state).toMatchObject({ phase: 'responding', allowCancel: true });
    await until(() => texts().includes('Second'));
    expect(server.follows).toEqual([0]);
    server.run.send(wire.done(wire.answerItem('m3', 'Second part'))).end();
    await idle();
    expect(texts()).toEqual(['Q', 'First', 'Second part']);
    expect(events.map(([name]) => name)).toEqual([
      'chatkit.thread.load.start',
      'chatkit.thread.change',
      'chatkit.thread.load.end',
      'chatkit.response.start',
      'chatkit.response.end',
    ]);
  });

  it('what was on screen in full does not shrink and grow again', async () => {
    const { texts, seen } = await opened();
    await until(() => texts().includes('Second'));
    for (const shown of seen.filter((texts) => texts.length > 0)) expect(shown[1]).toBe('First');
  });

  it('can be stopped and left', async () => {
    const { controller, server } = await opened();
    controller.stop();
    await until(() => server.run.stops === 1);
    const reader = server.stream;
    controller.newThread();
    await until(() => reader.cancelled || reader.aborted);
    expect(controller.state.phase).toBe('idle');
    expect(server.run.stops).toBe(1);
  });

  it('shows the same in both tabs; one that leaves takes nothing from the other', async () => {
    const one = await asked();
    one.server.going = one.server.run;
    one.server.storing(wire.loaded('thr_1', [wire.userItem('m1', 'Q')]));
    const two = setUp(one.server);
    await two.controller.open('thr_1');
    await until(() => two.texts().includes('Half'));
    one.controller.newThread();
    expect(one.server.run.stops).toBe(0);
    one.server.run.send(...rest).end();
    await two.idle();
    expect(two.texts()).toEqual(['Q', 'Half and whole']);
  });
});

describe('a thread that is busy', () => {
  async function busy(going: boolean) {
    const set = runs();
    const { server, controller } = set;
    server.storing(wire.loaded('thr_1', [wire.userItem('m0', 'Old')]));
    await controller.open('thr_1');
    const run = server.begin();
    run.send(wire.done(wire.userItem('m1', 'Of the other tab')), ...wire.opening('m2'));
    run.send(wire.delta('m2', 'Half'));
    server.storing(
      wire.loaded('thr_1', [wire.userItem('m0', 'Old'), wire.userItem('m1', 'Of the other tab')]),
    );
    server.going = going ? run : null;
    server.answer('threads.add_user_message', () =>
      Response.json(
        { error: { code: 'thread_busy', message: 'Busy.', run_id: run.id } },
        { status: 409 },
      ),
    );
    await expect(controller.send({ text: 'Mine' })).rejects.toMatchObject({ status: 409 });
    return { ...set, run };
  }

  it('shows the answer under way and keeps the message, which can be sent when that has ended', async () => {
    const { controller, server, texts, idle, run } = await busy(true);
    await until(() => texts().includes('Half'));
    expect(texts()).toEqual(['Old', 'Of the other tab', 'Half', 'Mine']);
    expect(controller.state).toMatchObject({
      phase: 'responding',
      failure: { code: 'thread_busy', message: 'Busy.', remedy: 'resend' },
    });
    await controller.resend();
    expect(server.count('threads.add_user_message')).toBe(1);
    run.send(wire.done(wire.answerItem('m2', 'Whole'))).end();
    await idle();
    expect(controller.state.failure).toMatchObject({ remedy: 'resend' });
    server.answer('threads.add_user_message', undefined as never);
    await controller.resend();
    server.run.send(wire.done(wire.userItem('m3', 'Mine'))).end();
    await idle();
    expect(texts()).toEqual(['Old', 'Of the other tab', 'Whole', 'Mine']);
    expect(controller.state.failure).toBeNull();
    const [first, second] = server.requests
      .filter(({ type }) => type === 'threads.add_user_message')
      .map(({ init }) => init.body);
    expect(second).toBe(first);
  });

  it('no longer: what happened is shown, and the message can be sent', async () => {
    const { controller, texts } = await busy(false);
    await until(() => texts().length === 3);
    expect(texts()).toEqual(['Old', 'Of the other tab', 'Mine']);
    expect(controller.state).toMatchObject({ phase: 'idle', failure: { remedy: 'resend' } });
  });

  it('the words can be taken back meanwhile', async () => {
    const { controller, texts, givenBack } = await busy(true);
    await until(() => texts().includes('Half'));
    controller.editUnsent();
    expect(givenBack).toEqual(['Mine']);
    expect(texts()).toEqual(['Old', 'Of the other tab', 'Half']);
    expect(controller.state.phase).toBe('responding');
  });

  it('an error of that answer does not take the message’s way', async () => {
    const { controller, texts, run, idle } = await busy(true);
    await until(() => texts().includes('Half'));
    run.send({ type: 'error', code: 'custom', message: 'It broke.', allow_retry: true }).end();
    await idle();
    expect(controller.state.failure).toMatchObject({ remedy: 'resend' });
    expect(controller.state.notices).toMatchObject([{ level: 'danger', message: 'It broke.' }]);
  });
});

describe('looking at the page again', () => {
  it('finds the run another tab began, on a server known to have runs', async () => {
    const { controller, server, idle, texts, world } = await asked();
    controller.attend();
    server.run.send(...rest).end();
    await idle();
    const items = [wire.userItem('m1', 'Q'), wire.answerItem('m2', 'Half and whole')];
    server.storing(wire.loaded('thr_1', [...items, wire.userItem('m3', 'Other')]));
    const run = server.begin();
    server.going = run.send(wire.done(wire.userItem('m3', 'Other')), ...wire.opening('m4'));
    await world.tell('online');
    expect(server.count('threads.get_by_id')).toBe(0);
    await world.tell('visible');
    await until(() => controller.state.phase === 'responding');
    run.send(wire.done(wire.answerItem('m4', 'There'))).end();
    await idle();
    expect(texts()).toEqual(['Q', 'Half and whole', 'Other', 'There']);
  });

  it('finds that run also where only a thread was loaded in which nothing ran', async () => {
    const { controller, server, texts, world } = runs();
    controller.attend();
    server.storing(wire.loaded('thr_1', [wire.userItem('m1', 'Q')]));
    await controller.open('thr_1');
    expect(controller.state.phase).toBe('idle');
    const run = server.begin();
    server.going = run.send(...wire.opening('m2'));
    await world.tell('visible');
    await until(() => controller.state.phase === 'responding');
    run.send(wire.done(wire.answerItem('m2', 'There'))).end();
    await until(() => controller.state.phase === 'idle');
    expect(texts()).toEqual(['Q', 'There']);
  });

  it('changes nothing that has not changed, and takes no failure away', async () => {
    const { controller, server, idle, world } = await asked();
    controller.attend();
    server.run.send(...rest).end();
    await idle();
    server.storing(
      wire.loaded('thr_1', [wire.userItem('m1', 'Q'), wire.answerItem('m2', 'Half and whole')]),
    );
    const { entries } = controller.state;
    await world.tell('visible');
    await until(() => server.count('threads.get_by_id') === 1);
    await settle();
    expect(controller.state.entries.map((entry, at) => entry === entries[at])).toEqual([
      true,
      true,
    ]);
    server.answer('threads.add_user_message', refusal(429, 'too_many', 'Wait.'));
    await controller.send({ text: 'More' }).catch(() => {});
    await world.tell('visible');
    await settle();
    expect(server.count('threads.get_by_id')).toBe(1);
    expect(controller.state.failure).toMatchObject({ message: 'Wait.' });
  });

  it('a look that fails is only logged', async () => {
    const { controller, server, idle, world, named } = await asked();
    controller.attend();
    server.run.send(...rest).end();
    await idle();
    server.answer('threads.get_by_id', refusal(500, 'oops', 'Oops.'));
    await world.tell('visible');
    await until(() => named('chatkit.log').length > 1);
    expect(named('chatkit.log').at(-1)).toMatchObject({ name: 'refresh.failed' });
    expect(named('chatkit.error')).toEqual([]);
    expect(controller.state.failure).toBeNull();
  });
});

describe('client tools', () => {
  const call = {
    id: 't1',
    created_at: '',
    type: 'client_tool_call',
    status: 'pending',
    call_id: 'c',
    name: 'f',
    arguments: {},
  };

  it('are called by the page that asked, over any cuts, and by no other', async () => {
    const one = runs();
    one.tool.mockResolvedValue({ ok: true });
    await one.controller.send({ text: 'Q' });
    one.server.run.send(...beginning);
    await until(() => one.controller.activeThreadId !== null);
    one.server.going = one.server.run;
    one.server.storing(wire.loaded('thr_1', [wire.userItem('m1', 'Q')]));
    const two = setUp(one.server);
    await two.controller.open('thr_1');
    const first = one.server.run;
    first.send(wire.done(call)).cut().end();
    await one.world.until(() => one.server.count('threads.add_client_tool_output') === 1);
    await two.world.until(() => two.controller.state.phase === 'idle');
    expect(two.tool).not.toHaveBeenCalled();
    one.server.run
      .send(wire.done(wire.answerItem('m3', 'Done')))
      .cut()
      .end();
    await one.world.until(() => one.controller.state.phase === 'idle');
    expect(one.texts()).toContain('Done');
    expect(one.tool).toHaveBeenCalledOnce();
    expect(one.named('chatkit.response.start')).toHaveLength(1);
    expect(one.named('chatkit.response.end')).toHaveLength(1);
  });
});
