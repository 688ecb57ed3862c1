import { describe, expect, it } from 'vitest';
import { inThread, setUp } from '../testing/controller';
import { refusal, until } from '../testing/fake-server';
import * as wire from '../testing/wire';

describe('sending', () => {
  it('creates a thread, then adds to it, in the exact words of the protocol', async () => {
    const { server, controller, texts } = await inThread();
    const { init, url } = server.requests[0] ?? {};
    expect(url).toBe('/chatkit');
    expect(init).toMatchObject({
      method: 'POST',
      credentials: 'same-origin',
      headers: { 'Content-Type': 'application/json', 'Accept-Language': 'de-DE' },
    });
    expect(JSON.parse(String(init?.body))).toEqual({
      type: 'threads.create',
      params: {
        input: {
          content: [{ type: 'input_text', text: 'Hello' }],
          attachments: [],
          quoted_text: '',
          inference_options: {},
        },
      },
      metadata: { resumable: true, idempotency_key: expect.stringMatching(/^[!-~]{1,128}$/) },
    });
    expect(texts()).toEqual(['Hello', 'Hi.']);
    await controller.send({
      content: [{ type: 'input_tag', id: 'e1', text: 'Rent' }],
      reply: 'Hi.',
      attachments: [{ type: 'file', id: 'f1', name: 'a', mime_type: 'text/plain' }],
      toolChoice: { id: 'search' },
      model: 'big',
    });
    expect(server.last('threads.add_user_message')?.params).toEqual({
      thread_id: 'thr_1',
      input: {
        content: [{ type: 'input_tag', id: 'e1', text: 'Rent', data: {}, interactive: false }],
        attachments: ['f1'],
        quoted_text: 'Hi.',
        inference_options: { tool_choice: { id: 'search' }, model: 'big' },
      },
    });
  });

  it('tells the page in order', async () => {
    const { events } = await inThread();
    expect(events).toEqual([
      [
        'chatkit.log',
        { name: 'composer.submit', data: { text: [{ type: 'input_text', text: 'Hello' }] } },
      ],
      ['chatkit.thread.change', { threadId: 'thr_1' }],
      ['chatkit.response.start', undefined],
      ['chatkit.response.end', undefined],
    ]);
  });

  it('refuses an empty message and one sent too early', async () => {
    const { controller, server } = setUp();
    await expect(controller.send({ text: '  ' })).rejects.toThrow('empty');
    await controller.send({ text: 'One' });
    await expect(controller.send({ text: 'Two' })).rejects.toThrow('already responding');
    expect(server.requests).toHaveLength(1);
  });

  it('with newThread leaves the thread first', async () => {
    const { controller, server, named } = await inThread();
    await controller.send({ text: 'New', newThread: true });
    expect(server.requests.at(-1)?.type).toBe('threads.create');
    expect(named('chatkit.thread.change')).toEqual([{ threadId: 'thr_1' }, { threadId: null }]);
  });

  it('skips what it does not know and goes on', async () => {
    const { controller, server, named, texts, idle } = setUp();
    await controller.send({ text: 'Q' });
    server.stream
      .raw(': ping\n\nid: 4\n')
      .send({ type: 'thread.dreamt' }, ...wire.exchange('Q', 'A'))
      .close();
    await idle();
    expect(texts()).toEqual(['Q', 'A']);
    expect(named('chatkit.log')).toContainEqual({
      name: 'event.skipped',
      data: { type: 'thread.dreamt' },
    });
  });

  it('passes effects on as they came', async () => {
    const { controller, server, named, idle } = setUp();
    await controller.send({ text: 'Q' });
    server.stream
      .send(
        { type: 'client_effect', name: 'fx', data: { k: 1 } },
        { type: 'client_effect', name: 'bare' },
      )
      .close();
    await idle();
    expect(named('chatkit.effect')).toEqual([{ name: 'fx', data: { k: 1 } }, { name: 'bare' }]);
  });
});

describe('failure', () => {
  it.each([
    [401, 'not_signed_in', 'Sign in again.'],
    [429, 'too_many', 'Wait a minute.'],
  ])('%i shows the words of the server and keeps the message', async (status, code, message) => {
    const { controller, server, named, texts, givenBack } = setUp();
    server.answer('threads.create', refusal(status, code, message));
    await expect(controller.send({ text: 'Q' })).rejects.toMatchObject({ status, code });
    expect(controller.state).toMatchObject({
      phase: 'idle',
      failure: { code, message, remedy: 'resend' },
    });
    expect(named('chatkit.error')).toEqual([
      { error: expect.objectContaining({ message, status }) },
    ]);
    expect(named('chatkit.response.start')).toEqual([]);
    expect(texts()).toEqual(['Q']);
    controller.editUnsent();
    expect(texts()).toEqual([]);
    expect(givenBack).toEqual(['Q']);
  });

  it('a page instead of JSON gives no words of its own to the user', async () => {
    const { controller, server } = setUp();
    server.answer('threads.create', new Response('<h1>Traceback</h1>', { status: 500 }));
    await expect(controller.send({ text: 'Q' })).rejects.toMatchObject({ status: 500 });
    expect(controller.state.failure).toMatchObject({ message: null });
  });

  it('an unreachable server: the same message goes out again', async () => {
    const { controller, server, texts, idle } = setUp();
    server.fetch.mockRejectedValueOnce(new TypeError('Failed to fetch'));
    await expect(controller.send({ text: 'Q' })).rejects.toMatchObject({ name: 'NetworkError' });
    expect(controller.state.failure).toEqual({ code: 'network', message: null, remedy: 'resend' });
    void controller.resend();
    await until(() => server.streams.length === 1);
    server.stream.send(...wire.exchange('Q', 'A')).close();
    await idle();
    expect(texts()).toEqual(['Q', 'A']);
  });

  it('a message that failed stays out of the way of the next one', async () => {
    const { controller, server, texts, idle } = setUp();
    server.fetch.mockRejectedValueOnce(new TypeError('Failed to fetch'));
    await controller.send({ text: 'Lost' }).catch(() => {});
    await controller.send({ text: 'Next' });
    server.stream.send(wire.created(), wire.done(wire.userItem('m1', 'Next')), wire.options());
    await until(() => controller.state.entries[1]?.item.id === 'm1');
    expect(controller.state.entries.map(({ status }) => status)).toEqual(['unsent', 'done']);
    server.stream.cut();
    await idle();
    expect(controller.state.failure?.remedy).toBe('regenerate');
    expect(texts()).toEqual(['Lost', 'Next']);
    await controller.regenerate();
    expect(server.last('threads.retry_after_item')?.params).toMatchObject({ item_id: 'm1' });
  });

  it('a stream that breaks keeps the half and asks again for the same question', async () => {
    const { controller, server, texts, named, idle } = setUp();
    await controller.send({ text: 'Q' });
    server.stream.send(
      wire.created(),
      wire.done(wire.userItem('m1', 'Q')),
      wire.options(),
      ...wire.opening('m2'),
      wire.delta('m2', 'Half'),
    );
    await until(() => texts().includes('Half'));
    server.stream.cut();
    await idle();
    expect(texts()).toEqual(['Q', 'Half']);
    expect(controller.state.failure).toEqual({
      code: 'stream.error',
      message: null,
      remedy: 'regenerate',
    });
    expect(named('chatkit.response.end')).toHaveLength(1);
    await controller.regenerate();
    expect(server.last('threads.retry_after_item')?.params).toEqual({
      thread_id: 'thr_1',
      item_id: 'm1',
    });
    expect(texts()).toEqual(['Q']);
  });

  it('an error event is told to user and page', async () => {
    const { controller, server, named, idle } = setUp();
    await controller.send({ text: 'Q' });
    server.stream
      .send(wire.created(), wire.done(wire.userItem('m1', 'Q')), {
        type: 'error',
        code: 'custom',
        message: 'nope',
        allow_retry: true,
      })
      .close();
    await idle();
    expect(controller.state.failure).toEqual({
      code: 'custom',
      message: 'nope',
      remedy: 'regenerate',
    });
    expect(named('chatkit.error')).toEqual([
      { error: expect.objectContaining({ message: 'nope' }) },
    ]);
  });
});

describe('stopping', () => {
  it('ends the request and keeps what was said', async () => {
    const { controller, server, texts, named } = setUp();
    await controller.send({ text: 'Q' });
    server.stream.send(
      wire.created(),
      wire.done(wire.userItem('m1', 'Q')),
      wire.options(),
      ...wire.opening('m2'),
      wire.delta('m2', 'Half'),
    );
    await until(() => texts().includes('Half'));
    controller.stop();
    expect(server.stream.aborted).toBe(true);
    expect(controller.state).toMatchObject({ phase: 'idle', failure: null });
    expect(texts()).toEqual(['Q', 'Half']);
    expect(named('chatkit.response.end')).toHaveLength(1);
    expect(named('chatkit.error')).toEqual([]);
  });

  it('before the server took the message gives the words back', async () => {
    const { controller, server, givenBack, texts } = setUp();
    await controller.send({ text: 'Too soon' });
    controller.stop();
    expect(server.stream.aborted).toBe(true);
    expect(givenBack).toEqual(['Too soon']);
    expect(texts()).toEqual([]);
  });

  it('closes the connection even when the page’s fetch ignores the signal', async () => {
    const { controller, server, texts } = await inThread();
    const ownFetch = server.fetch.getMockImplementation();
    server.fetch.mockImplementation(
      (url, init) => ownFetch?.(url, { ...init, signal: null }) as never,
    );
    await controller.send({ text: 'More' });
    const old = server.stream;
    controller.newThread();
    await until(() => old.cancelled);
    expect(old.aborted).toBe(false);
    expect(texts()).toEqual([]);
  });

  it('what a stopped stream had already brought is not heard', async () => {
    const { controller, server, texts } = await inThread();
    await controller.send({ text: 'More' });
    server.stream.send(
      wire.done(wire.userItem('m3', 'More')),
      ...wire.opening('m4'),
      wire.delta('m4', 'x'),
    );
    await until(() => texts().includes('x'));
    server.stream.send(wire.delta('m4', 'late'), wire.created('other'));
    controller.stop();
    await new Promise((resolve) => setTimeout(resolve));
    expect(texts()).toEqual(['Hello', 'Hi.', 'More', 'x']);
    expect(controller.activeThreadId).toBe('thr_1');
  });
});

describe('client tools', () => {
  const call = (id: string) => ({
    id,
    created_at: '',
    type: 'client_tool_call',
    status: 'pending',
    call_id: 'c',
    name: 'f',
    arguments: { a: 1 },
  });

  it('answers the server and goes on in the same response', async () => {
    const { controller, server, tool, named, idle, texts } = setUp();
    tool.mockResolvedValue({ ok: true });
    await controller.send({ text: 'Q' });
    server.stream
      .send(
        wire.created(),
        wire.done(wire.userItem('m1', 'Q')),
        wire.options(),
        wire.done(call('t1')),
      )
      .close();
    await until(() => server.streams.length === 2);
    expect(tool).toHaveBeenCalledWith({ name: 'f', params: { a: 1 } });
    expect(server.last('threads.add_client_tool_output')?.params).toEqual({
      thread_id: 'thr_1',
      result: { ok: true },
    });
    expect(controller.state.phase).toBe('responding');
    server.stream
      .send(wire.options(), ...wire.opening('m3'), wire.done(wire.answerItem('m3', 'Done')))
      .close();
    await idle();
    expect(texts()).toContain('Done');
    expect(named('chatkit.response.start')).toHaveLength(1);
    expect(named('chatkit.response.end')).toHaveLength(1);
  });

  it('a tool that throws is reported to both sides and nothing hangs', async () => {
    const { controller, server, tool, named } = setUp();
    tool.mockRejectedValue(new Error('no such file'));
    await controller.send({ text: 'Q' });
    server.stream
      .send(wire.created(), wire.done(wire.userItem('m1', 'Q')), wire.done(call('t1')))
      .close();
    await until(() => server.streams.length === 2);
    expect(server.last('threads.add_client_tool_output')?.params.result).toEqual({
      error: 'no such file',
    });
    expect(named('chatkit.error')).toHaveLength(1);
  });
});

describe('custom actions', () => {
  it('need a thread', async () => {
    const { controller, server } = setUp();
    await expect(controller.sendCustomAction({ type: 'a' })).rejects.toThrow('no active thread');
    expect(server.requests).toEqual([]);
  });

  it('go out with type, payload and item only', async () => {
    const { controller, server } = await inThread();
    await controller.sendCustomAction({ type: 'a', payload: { x: 1 } }, 'm2');
    expect(server.last('threads.custom_action')?.params).toEqual({
      thread_id: 'thr_1',
      item_id: 'm2',
      action: { type: 'a', payload: { x: 1 } },
    });
    await expect(controller.sendCustomAction({ type: 'b' })).rejects.toThrow('already responding');
  });
});
