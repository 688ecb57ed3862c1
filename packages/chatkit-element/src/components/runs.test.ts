import { afterEach, describe, expect, it, vi } from 'vitest';
import { half, rest } from '../testing/asked';
import { FakeRunServer } from '../testing/fake-runs';
import { Mounted } from '../testing/mount';
import * as wire from '../testing/wire';

afterEach(() => {
  document.body.replaceChildren();
});

const spoken = (chat: Mounted) => chat.find('[role=status].spoken').textContent;
const says = (chat: Mounted, words: string) => () =>
  chat.all('.prose').some((node) => node.textContent?.includes(words));

async function answering() {
  const server = new FakeRunServer();
  const chat = await new Mounted(server).start();
  await chat.type('Q');
  chat.press('Enter');
  await chat.until(() => server.runs.length === 1);
  server.run.send(...half);
  await chat.until(says(chat, 'Half'));
  return { chat, server };
}

describe('a lost connection', () => {
  it('is said in a quiet line and to a screen reader; the answer can still be stopped', async () => {
    const { chat, server } = await answering();
    server.onFollow = () => Promise.reject(new TypeError('Failed to fetch'));
    server.run.cut();
    await chat.until(() => chat.all('[part=reconnecting]').length === 1);
    expect(spoken(chat)).toBe('Connection lost. Reconnecting…');
    expect(chat.all('[role=alert]')).toEqual([]);
    expect(chat.button('Stop answering').disabled).toBe(false);
    server.onFollow = null;
    server.run.send(...rest).end();
    window.dispatchEvent(new Event('online'));
    await chat.until(says(chat, 'Half and whole'));
    await chat.settled();
    expect(chat.all('[part=reconnecting]')).toEqual([]);
    expect(spoken(chat)).toBe('Answer: Half and whole');
  });
});

describe('the stop button', () => {
  it('shows that it is heard, and the end when the server has said it', async () => {
    const { chat, server } = await answering();
    chat.button('Stop answering').click();
    await chat.settled();
    expect(chat.button('Stopping').disabled).toBe(true);
    expect(spoken(chat)).toBe('Stopping');
    expect(chat.shadow.activeElement).toBe(chat.input);
    server.run.send(wire.done(wire.answerItem('m2', 'Half'))).end();
    await chat.until(() => chat.all('[part=stop-button]').length === 0);
    await chat.settled();
    expect(spoken(chat)).toBe('The answer was stopped.');
    expect(server.run.stops).toBe(1);
  });
});

describe('a message to a busy thread', () => {
  it('stands under the answer in the way, and can be sent after it', async () => {
    const server = new FakeRunServer().storing(wire.loaded('thr_1', []));
    const chat = await new Mounted(server).start({ initialThread: 'thr_1' });
    await chat.until(() => chat.named('thread.load.end').length === 1);
    const run = server.begin().send(wire.done(wire.userItem('m1', 'Theirs')), wire.options());
    server.going = run;
    server.storing(wire.loaded('thr_1', [wire.userItem('m1', 'Theirs')]));
    const error = { code: 'thread_busy', run_id: run.id };
    server.answer('threads.add_user_message', () => Response.json({ error }, { status: 409 }));
    await chat.type('Mine');
    chat.press('Enter');
    await chat.until(() => chat.all('.bubble').length === 2 && chat.all('.thinking').length === 1);
    expect(chat.all('.bubble').map((node) => node.textContent)).toEqual(['Theirs', 'Mine']);
    const turns = chat.all('.turn');
    expect(turns[0]?.querySelector('.thinking')).toBeTruthy();
    const notice = turns[1]?.querySelector<HTMLElement>('[part=failure]');
    expect(notice?.dataset.level).toBe('info');
    expect(notice?.textContent).toContain('Send yours when that answer has ended.');
    expect([...(notice?.querySelectorAll('button') ?? [])].map((b) => b.textContent)).toEqual([
      'Edit',
    ]);
    run.send(...wire.opening('m2'), wire.delta('m2', 'A'));
    await chat.until(() => chat.all('.thinking').length === 0);
    run.send(wire.done(wire.answerItem('m2', 'A'))).end();
    await chat.until(() => chat.named('response.end').length === 1);
    await chat.settled();
    server.answer('threads.add_user_message', undefined as never);
    chat.button('Send now').click();
    await chat.until(() => server.count('threads.add_user_message') === 2);
    server.run.send(wire.done(wire.userItem('m3', 'Mine'))).end();
    await chat.until(() => chat.all('[part=failure]').length === 0);
    expect(chat.all('.bubble').map((node) => node.textContent)).toEqual(['Theirs', 'Mine']);
  });
});

describe('the element', () => {
  it('leaves a run when it is removed, and follows it when it comes back', async () => {
    const { chat, server } = await answering();
    server.going = server.run;
    server.storing(wire.loaded('thr_1', [wire.userItem('m1', 'Q')]));
    chat.element.remove();
    await chat.until(() => server.stream.aborted || server.stream.cancelled);
    server.run.send(...rest);
    document.body.append(chat.element);
    await chat.until(says(chat, 'Half and whole'));
    expect(chat.all('[part=stop-button]')).toHaveLength(1);
    expect(server.count('runs.stop')).toBe(0);
  });

  it('may be sent to another thread while a run goes on', async () => {
    const { chat, server } = await answering();
    await chat.element.setThreadId(null);
    expect(chat.named('thread.change').at(-1)).toEqual({ threadId: null });
    expect(server.count('runs.stop')).toBe(0);
  });

  it('shows the question of a run at the top when it opens its thread', async () => {
    const server = new FakeRunServer().storing(wire.loaded('thr_1', [wire.userItem('m1', 'Q')]));
    server.going = server.begin().send(...half);
    const chat = await new Mounted(server).start({ initialThread: 'thr_1' });
    await chat.until(says(chat, 'Half'));
    expect(chat.all('.turn.latest')).toHaveLength(1);
    expect(chat.button('Stop answering')).toBeTruthy();
  });

  it('listens to the page while it is in it, and no longer', async () => {
    const { chat, server } = await answering();
    server.run.send(...rest).end();
    await chat.until(() => chat.named('response.end').length === 1);
    server.storing(wire.loaded('thr_1', [wire.userItem('m1', 'Q')]));
    document.dispatchEvent(new Event('visibilitychange'));
    await chat.until(() => server.count('threads.get_by_id') === 1);
    vi.spyOn(document, 'hidden', 'get').mockReturnValue(true);
    document.dispatchEvent(new Event('visibilitychange'));
    vi.restoreAllMocks();
    chat.element.remove();
    await chat.settled();
    document.dispatchEvent(new Event('visibilitychange'));
    await chat.settled();
    expect(server.count('threads.get_by_id')).toBe(1);
  });
});
