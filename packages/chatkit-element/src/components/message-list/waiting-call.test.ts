import type { ChatKitOptions } from '@openai/chatkit';
import { afterEach, expect, it, vi } from 'vitest';
import { FakeServer } from '../../testing/fake-server';
import { later } from '../../testing/later';
import { Mounted } from '../../testing/mount';
import * as wire from '../../testing/wire';

const OUTPUT = 'threads.add_client_tool_output';
const call = {
  id: 't1',
  created_at: '',
  type: 'client_tool_call',
  status: 'pending',
  call_id: 'c',
  name: 'f',
  arguments: {},
};
const answer = [wire.options(), ...wire.opening('m3'), wire.done(wire.answerItem('m3', 'Done'))];

afterEach(() => {
  document.body.replaceChildren();
});

const waiting = (more: object = {}) =>
  new FakeServer().answer(
    'threads.get_by_id',
    wire.loaded('thr_1', [wire.userItem('m1', 'Q'), call], more),
  );

async function reloaded(server: FakeServer, onClientTool?: ChatKitOptions['onClientTool']) {
  const chat = await new Mounted(server).start({ initialThread: 'thr_1', onClientTool });
  await chat.until(() => chat.named('thread.load.end').length === 1);
  await chat.settled();
  return chat;
}

const offers = (chat: Mounted) =>
  chat.all('[part=waiting-call] button').map((button) => button.textContent?.trim());

it('[row 107] after a reload the call can be done or passed over, and the composer is free', async () => {
  const tool = vi.fn(() => ({ ok: true }));
  const chat = await reloaded(waiting(), tool);
  await chat.until(() => offers(chat).length > 0);
  expect(chat.find('[part=waiting-call]').textContent).toContain('waits for something');
  expect(offers(chat)).toEqual(['Do it now', 'Go on without it']);
  expect(chat.input.disabled).toBe(false);
  expect(tool).not.toHaveBeenCalled();
  chat.button('Do it now').click();
  await chat.until(() => chat.server.count(OUTPUT) === 1);
  await chat.settled();
  expect(chat.all('[part=waiting-call]')).toEqual([]);
  expect(chat.shadow.activeElement).toBe(chat.input);
  chat.server.stream.send(...answer).close();
  await chat.until(() => chat.named('response.end').length === 1);
  expect(tool).toHaveBeenCalledOnce();
});

it('[row 107] a page without client tools can only pass it over', async () => {
  const chat = await reloaded(waiting());
  await chat.until(() => offers(chat).length > 0);
  expect(offers(chat)).toEqual(['Go on without it']);
  chat.button('Go on without it').click();
  await chat.until(() => chat.server.count(OUTPUT) === 1);
  expect(chat.server.last(OUTPUT)?.params.result).toEqual({
    error: 'The user went on without a result.',
  });
});

it('[row 107] nothing is offered where nothing may be written', async () => {
  const chat = await reloaded(waiting({ status: { type: 'locked' } }), () => ({}));
  expect(offers(chat)).toEqual([]);
});

it('[row 106] a page without client tools tells the model so, at once', async () => {
  const chat = await new Mounted().start();
  await chat.type('Q');
  chat.press('Enter');
  await chat.until(() => chat.server.streams.length === 1);
  chat.server.stream.send(wire.created(), wire.done(wire.userItem('m1', 'Q')), wire.done(call));
  chat.server.stream.close();
  await chat.until(() => chat.server.count(OUTPUT) === 1);
  expect(chat.server.last(OUTPUT)?.params.result).toEqual({
    error: 'This page offers no client tools.',
  });
});

it('[row 105] the composer is locked and shows Stop until the promise settles', async () => {
  const work = later();
  const chat = await new Mounted().start({ onClientTool: () => work.promise as Promise<never> });
  await chat.type('Q');
  chat.press('Enter');
  await chat.until(() => chat.server.streams.length === 1);
  chat.server.stream.send(wire.created(), wire.done(wire.userItem('m1', 'Q')), wire.done(call));
  chat.server.stream.close();
  await chat.until(() => chat.all('.thinking').length === 1);
  await chat.settled();
  expect(chat.button('Stop answering')).toBeTruthy();
  await chat.type('R');
  chat.press('Enter');
  expect(chat.server.count('threads.add_user_message')).toBe(0);
  expect(chat.named('response.end')).toEqual([]);
  work.resolve({ ok: true });
  await chat.until(() => chat.server.count(OUTPUT) === 1);
  chat.server.stream.send(...answer).close();
  await chat.until(() => chat.named('response.end').length === 1);
  expect(chat.named('response.start')).toHaveLength(1);
});

it('[row 105] an element that is removed meanwhile goes on with the same call when it is back', async () => {
  const work = later();
  const tool = vi.fn(() => work.promise as Promise<never>);
  const chat = await new Mounted(waiting()).start({ onClientTool: tool });
  await chat.type('Q');
  chat.press('Enter');
  await chat.until(() => chat.server.streams.length === 1);
  chat.server.stream.send(wire.created(), wire.done(wire.userItem('m1', 'Q')), wire.done(call));
  chat.server.stream.close();
  await chat.until(() => tool.mock.calls.length === 1);
  chat.element.remove();
  await chat.until(() => chat.named('response.end').length === 1);
  work.resolve({ ok: true });
  document.body.append(chat.element);
  await chat.until(() => chat.server.count(OUTPUT) === 1);
  expect(chat.server.last(OUTPUT)?.params.result).toEqual({ ok: true });
  expect(tool).toHaveBeenCalledOnce();
});
