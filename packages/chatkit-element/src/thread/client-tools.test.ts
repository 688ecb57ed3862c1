import { afterEach, describe, expect, it, vi } from 'vitest';
import { setUp } from '../testing/controller';
import { FakeRunServer } from '../testing/fake-runs';
import { type FakeServer, refusal, until } from '../testing/fake-server';
import { settle } from '../testing/fake-world';
import { later } from '../testing/later';
import * as wire from '../testing/wire';
import { pendingCall } from './client-tools';

const call = (id: string, more: object = {}) => ({
  id,
  created_at: '',
  type: 'client_tool_call',
  status: 'pending',
  call_id: `call of ${id}`,
  name: 'read_page',
  arguments: { a: 1 },
  ...more,
});
const question = wire.userItem('m1', 'Q');
const opening = [wire.created(), wire.done(question), wire.options()];
const answer = [...wire.opening('m3'), wire.done(wire.answerItem('m3', 'Done'))];
const OUTPUT = 'threads.add_client_tool_output';

type Set_ = ReturnType<typeof setUp>;
const results = ({ server }: { server: FakeServer }) =>
  server.requests.filter(({ type }) => type === OUTPUT).map(({ params }) => params.result);

/** A question whose answer began with a call of the tool. */
async function called(answerTool: (tool: Set_['tool']) => void = () => {}, events = opening) {
  const set = setUp();
  answerTool(set.tool);
  await set.controller.send({ text: 'Q' });
  set.server.stream.send(...events, wire.done(call('t1'))).close();
  await until(() => set.tool.mock.calls.length === 1);
  return set;
}

/** A thread as it is found after a reload while the tool had the word. */
async function found(items: object[] = [question, call('t1')], more: object = {}) {
  const set = setUp();
  set.server.answer('threads.get_by_id', wire.loaded('thr_1', items, more));
  await set.controller.open('thr_1');
  return set;
}

afterEach(() => vi.restoreAllMocks());

describe('a client tool', () => {
  it('[row 105] gets name and params; its result goes to the thread; the chat is busy meanwhile', async () => {
    const work = later();
    const set = await called((tool) => tool.mockReturnValue(work.promise));
    expect(set.tool).toHaveBeenCalledWith({ name: 'read_page', params: { a: 1 } });
    await settle();
    expect(set.controller.state.phase).toBe('responding');
    await expect(set.controller.send({ text: 'R' })).rejects.toThrow('already responding');
    expect(results(set)).toEqual([]);
    work.resolve({ ok: true });
    await until(() => set.server.streams.length === 2);
    expect(set.server.last(OUTPUT)?.params).toEqual({ thread_id: 'thr_1', result: { ok: true } });
    set.server.stream.send(wire.options(), ...answer).close();
    await set.idle();
    expect(set.texts()).toContain('Done');
    expect(pendingCall(set.controller.state)).toBeNull();
  });

  it('[row 98] is part of its response, and so is every further one: one start, one end', async () => {
    const set = await called((tool) => tool.mockImplementation(async ({ name }) => ({ name })));
    for (const [count, id] of [
      [2, 't2'],
      [3, 't3'],
    ] as const) {
      await until(() => set.server.streams.length === count);
      expect(set.named('chatkit.response.end')).toEqual([]);
      set.server.stream.send(wire.options(), wire.done(call(id, { name: id }))).close();
    }
    await until(() => set.server.streams.length === 4);
    expect(set.named('chatkit.response.start')).toHaveLength(1);
    set.server.stream.send(...answer).close();
    await set.idle();
    expect(set.named('chatkit.response.end')).toHaveLength(1);
    expect(results(set)).toEqual([{ name: 'read_page' }, { name: 't2' }, { name: 't3' }]);
  });

  it('[row 98] a call that the server asks for again and again is answered once', async () => {
    const set = await called((tool) => tool.mockResolvedValue({}));
    await until(() => set.server.streams.length === 2);
    set.server.stream.send(wire.done(call('t1'))).close();
    await set.idle();
    expect(set.tool).toHaveBeenCalledOnce();
    expect(set.named('chatkit.response.end')).toHaveLength(1);
  });

  it('a call that was taken back or did not arrive whole is not carried out', async () => {
    const set = setUp();
    await set.controller.send({ text: 'Q' });
    set.server.stream
      .send(...opening, wire.done(call('t1')), { type: 'thread.item.removed', item_id: 't1' })
      .send(wire.added(call('t2')))
      .close();
    await set.idle();
    expect(set.tool).not.toHaveBeenCalled();
    expect(results(set)).toEqual([]);
  });
});

const circular: Record<string, unknown> = {};
circular.self = circular;

describe('a tool that fails', () => {
  it.each<[string, () => unknown, unknown]>([
    [
      'throws',
      () => {
        throw new Error('no such file');
      },
      'no such file',
    ],
    ['rejects', () => Promise.reject(new TypeError('bad row')), 'bad row'],
    ['rejects with words', () => Promise.reject('closed'), 'closed'],
    ['rejects with nothing said', () => Promise.reject(new Error('')), 'The tool failed.'],
    ['returns itself', () => circular, expect.stringContaining('circular')],
    ['returns what JSON has no form for', () => ({ big: 1n }), expect.stringContaining('BigInt')],
  ])('[row 106] %s: the model and the page learn why', async (_, tool, error) => {
    const set = await called((mock) => mock.mockImplementation(tool));
    await until(() => set.server.streams.length === 2);
    expect(results(set)).toEqual([{ error }]);
    expect(set.named('chatkit.error')).toHaveLength(1);
    set.server.stream.send(...answer).close();
    await set.idle();
    expect(set.controller.state.failure).toBeNull();
  });

  it.each([[undefined], [null], [() => 'a function']])(
    '[row 106] %s is an empty result: the server wants one',
    async (value) => {
      const set = await called((tool) => tool.mockResolvedValue(value));
      await until(() => set.server.streams.length === 2);
      expect(results(set)).toEqual([{}]);
      expect(set.named('chatkit.error')).toEqual([]);
    },
  );

  it.each([413, 422])(
    '[row 106] a result refused with %s is replaced by the reason',
    async (status) => {
      const set = setUp();
      let refused = false;
      const plain = set.server.fetch.getMockImplementation();
      set.server.fetch.mockImplementation(async (url, init) => {
        const reply = (await plain?.(url, init)) as Response;
        if (refused || set.server.count(OUTPUT) === 0) return reply;
        refused = true;
        return refusal(status, 'tool_result_too_large', 'The result is too large.');
      });
      set.tool.mockResolvedValue({ rows: 'many' });
      await set.controller.send({ text: 'Q' });
      set.server.stream.send(...opening, wire.done(call('t1'))).close();
      await until(() => set.server.count(OUTPUT) === 2);
      expect(results(set)).toEqual([{ rows: 'many' }, { error: 'The result is too large.' }]);
      set.server.stream.send(...answer).close();
      await set.idle();
      expect(set.controller.state.failure).toBeNull();
      expect(set.named('chatkit.error')).toHaveLength(1);
    },
  );

  it('[row 106] whose result does not get through is not called again: the result is kept', async () => {
    const set = setUp();
    set.tool.mockResolvedValue({ paid: 12 });
    await set.controller.send({ text: 'Q' });
    set.server.fetch.mockRejectedValueOnce(new TypeError('Failed to fetch'));
    set.server.stream.send(...opening, wire.done(call('t1'))).close();
    await set.idle();
    expect(set.controller.state.failure).toMatchObject({ code: 'network', remedy: 'tool' });
    set.controller.answerCall();
    await until(() => set.server.count(OUTPUT) === 1);
    expect(results(set)).toEqual([{ paid: 12 }]);
    expect(set.tool).toHaveBeenCalledOnce();
    set.server.stream.send(...answer).close();
    await set.idle();
    expect(set.controller.state.failure).toBeNull();
  });
});

describe('a tool that never answers', () => {
  it('[row 106] can be stopped, even if the server forbids to stop its own work', async () => {
    const work = later();
    const set = await called(
      (tool) => tool.mockReturnValue(work.promise),
      [...opening, wire.options(false)],
    );
    await until(() => set.controller.state.allowCancel);
    set.controller.stop();
    expect(set.controller.state).toMatchObject({ phase: 'idle', failure: null });
    expect(set.named('chatkit.response.end')).toHaveLength(1);
    work.resolve({ late: true });
    await settle();
    expect(results(set)).toEqual([]);
    await set.controller.send({ text: 'R' });
    expect(set.server.count('threads.add_user_message')).toBe(1);
  });

  it('[row 106] when it was stopped nothing goes on by itself, and nothing runs twice', async () => {
    const work = later();
    const set = await called((tool) => tool.mockReturnValue(work.promise));
    set.controller.stop();
    set.server.answer('threads.get_by_id', wire.loaded('thr_1', [question, call('t1')]));
    await set.controller.refresh();
    expect(set.controller.state.phase).toBe('idle');
    set.controller.answerCall();
    work.resolve({ ok: true });
    await until(() => set.server.count(OUTPUT) === 1);
    expect(results(set)).toEqual([{ ok: true }]);
    expect(set.tool).toHaveBeenCalledOnce();
  });
});

describe('a call found in a thread', () => {
  it('[row 107] does not block it and is not carried out unasked', async () => {
    const set = await found();
    expect(set.controller.state).toMatchObject({ phase: 'idle', failure: null });
    expect(pendingCall(set.controller.state)?.id).toBe('t1');
    await settle();
    expect(set.tool).not.toHaveBeenCalled();
    await set.controller.send({ text: 'R' });
    set.server.stream.send(wire.done(wire.userItem('m5', 'R')), wire.options(), ...answer).close();
    await set.idle();
    expect(set.tool).not.toHaveBeenCalled();
    expect(pendingCall(set.controller.state)).toBeNull();
  });

  it('[row 107] is carried out when the user says so, in a response of its own', async () => {
    const set = await found();
    set.tool.mockResolvedValue({ ok: true });
    set.controller.answerCall();
    expect(set.controller.state.phase).toBe('responding');
    await until(() => set.server.count(OUTPUT) === 1);
    set.server.stream.send(wire.options(), ...answer).close();
    await set.idle();
    expect(results(set)).toEqual([{ ok: true }]);
    expect(set.named('chatkit.response.start')).toHaveLength(1);
    expect(set.named('chatkit.response.end')).toHaveLength(1);
    expect(set.texts()).toContain('Done');
  });

  it('[row 107] can be passed over: the model is told, and no tool runs', async () => {
    const set = await found();
    set.controller.answerCall({ error: 'The user went on without a result.' });
    await until(() => set.server.count(OUTPUT) === 1);
    expect(results(set)).toEqual([{ error: 'The user went on without a result.' }]);
    expect(set.tool).not.toHaveBeenCalled();
  });

  it('[row 107] that another tab has answered leads to the thread as it is now', async () => {
    const set = await found();
    set.server.answer(OUTPUT, refusal(409, 'no_pending_tool_call', 'It was given.'));
    set.server.answer(
      'threads.get_by_id',
      wire.loaded('thr_1', [
        question,
        call('t1', { status: 'completed' }),
        wire.answerItem('m3', 'From there'),
      ]),
    );
    set.controller.answerCall();
    await until(() => set.texts().includes('From there'));
    expect(set.controller.state).toMatchObject({ phase: 'idle', failure: null });
    expect(set.named('chatkit.error')).toEqual([]);
  });

  it.each<[string, object[]]>([
    ['has its result', [question, call('t1', { status: 'completed' })]],
    ['was passed over by a later message', [question, call('t1'), wire.userItem('m2', 'R')]],
  ])('[row 107] none waits when it %s', async (_, items) => {
    const set = await found(items);
    expect(pendingCall(set.controller.state)).toBeNull();
    set.controller.answerCall();
    await settle();
    expect(set.controller.state.phase).toBe('idle');
  });

  it('[row 107] an old one is not taken for that of a response without one', async () => {
    const set = await found();
    await set.controller.sendCustomAction({ type: 'a' });
    set.server.stream.send(wire.options()).close();
    await set.idle();
    expect(set.tool).not.toHaveBeenCalled();
  });
});

describe('a chat that is left while its tool runs', () => {
  it.each([
    ['a plain server', () => setUp()],
    ['a server that knows runs', () => setUp(new FakeRunServer())],
  ])('[row 105] goes on with it when it is back: %s', async (_, make) => {
    const set = make();
    const work = later();
    set.tool.mockReturnValue(work.promise);
    await set.controller.send({ text: 'Q' });
    const events = [...opening, wire.done(call('t1'))];
    if (set.server instanceof FakeRunServer) set.server.run.send(...events).end();
    else set.server.stream.send(...events).close();
    await until(() => set.tool.mock.calls.length === 1);
    expect(set.controller.abandon()).toBe(true);
    expect(set.named('chatkit.response.end')).toHaveLength(1);
    work.resolve({ ok: true });
    await settle();
    expect(results(set)).toEqual([]);
    set.server.answer('threads.get_by_id', wire.loaded('thr_1', [question, call('t1')]));
    set.controller.returned();
    await until(() => set.server.count(OUTPUT) === 1);
    expect(results(set)).toEqual([{ ok: true }]);
    expect(set.tool).toHaveBeenCalledOnce();
  });
});
