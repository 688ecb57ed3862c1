import type { ChatKitOptions, OpenAIChatKit } from '@openai/chatkit';
import { afterEach, describe, expect, expectTypeOf, it, vi } from 'vitest';
import { ChatKitElement } from './chatkit-element';
import { FakeServer } from './testing/fake-server';
import { Mounted } from './testing/mount';
import * as wire from './testing/wire';

afterEach(() => {
  document.body.replaceChildren();
});

const macrotask = () => new Promise((resolve) => setTimeout(resolve, 0));

describe('start', () => {
  it('[row 1] is an OpenAIChatKit for the compiler', () => {
    expectTypeOf<ChatKitElement>().toExtend<OpenAIChatKit>();
    expectTypeOf<ChatKitOptions>().toExtend<Parameters<ChatKitElement['setOptions']>[0]>();
    expect(document.createElement('openai-chatkit')).toBeInstanceOf(ChatKitElement);
  });

  it('[row 2] options first, document later', async () => {
    const chat = new Mounted();
    chat.element.setOptions(chat.options());
    await macrotask();
    expect(chat.events).toEqual([]);
    document.body.append(chat.element);
    await chat.until(() => chat.named('ready').length === 1);
  });

  it('[row 2] document first, options later: empty until then', async () => {
    const chat = new Mounted();
    document.body.append(chat.element);
    await chat.settled();
    expect(chat.shadow.querySelector('.chat')).toBeNull();
    chat.element.setOptions(chat.options());
    await chat.until(() => chat.named('ready').length === 1);
    expect(chat.find('.chat')).toBeTruthy();
  });

  it('[row 5] is never ready at once nor in a microtask, only in a task after a frame', async () => {
    const chat = new Mounted();
    const order: string[] = [];
    chat.element.addEventListener('chatkit.ready', () => order.push('ready'));
    requestAnimationFrame(() => order.push('frame'));
    document.body.append(chat.element);
    chat.element.setOptions(chat.options());
    order.push('sync');
    for (let n = 0; n < 50; n += 1) await Promise.resolve();
    order.push('microtasks');
    await chat.until(() => order.includes('ready'));
    expect(order).toEqual(['sync', 'microtasks', 'frame', 'ready']);
  });

  it('[row 5] is ready once, however often the options come', async () => {
    const chat = new Mounted();
    chat.element.setOptions(chat.options());
    document.body.append(chat.element);
    chat.element.setOptions(chat.options());
    await chat.until(() => chat.named('ready').length > 0);
    chat.element.setOptions(chat.options({ theme: 'dark' }));
    await chat.settled();
    await macrotask();
    expect(chat.named('ready')).toEqual([null]);
  });

  it('[row 9] calls that come early wait and run in order', async () => {
    const chat = new Mounted(
      new FakeServer().answer('threads.get_by_id', wire.loaded('thr_1', [])),
    );
    const written = chat.element.setComposerValue({ text: 'draft' });
    const opened = chat.element.setThreadId('thr_1');
    const sent = chat.element.sendUserMessage({ text: 'Hello' });
    await macrotask();
    expect(chat.server.requests).toEqual([]);
    await chat.start();
    await Promise.all([written, opened, sent]);
    expect(chat.server.requests.map(({ type }) => type)).toEqual([
      'threads.get_by_id',
      'threads.add_user_message',
    ]);
  });

  it('[row 30] opens the initial thread, and only the first time', async () => {
    const chat = new Mounted(
      new FakeServer().answer('threads.get_by_id', ({ thread_id: id }) =>
        wire.loaded(String(id), [wire.userItem('m1', 'Old')]),
      ),
    );
    await chat.start({ initialThread: 'thr_1' });
    await chat.until(() => chat.named('thread.load.end').length === 1);
    await chat.settled();
    expect(chat.find('.bubble').textContent).toBe('Old');
    chat.element.setOptions(chat.options({ initialThread: 'thr_2' }));
    await chat.settled();
    expect(chat.server.count('threads.get_by_id')).toBe(1);
    expect(chat.events.map(([name]) => name)).toEqual([
      'ready',
      'thread.load.start',
      'thread.change',
      'thread.load.end',
    ]);
  });

  it('has no property that React would set in place of an attribute', () => {
    const plain = document.createElement('x-plain');
    const own = Object.getOwnPropertyNames(ChatKitElement.prototype).filter(
      (name) => !(name in plain),
    );
    expect(own.sort()).toEqual(
      [
        'fetchUpdates',
        'focusComposer',
        'hideHistory',
        'render',
        'sendCustomAction',
        'sendUserMessage',
        'setComposerValue',
        'setOptions',
        'setThreadId',
        'showHistory',
        'stop',
        'updated',
        'willUpdate',
        'connectedCallback',
        'disconnectedCallback',
      ].sort(),
    );
  });

  it('[row 17] two on one page share nothing', async () => {
    const [one, two] = [await new Mounted().start(), await new Mounted().start()];
    await one.exchange('Q', wire.exchange('Q', 'A'));
    expect(two.server.requests).toEqual([]);
    expect(two.all('.bubble')).toEqual([]);
  });
});

describe('options that cannot work', () => {
  it.each([
    [
      'the hosted API',
      { api: { getClientSecret: async () => 'x' } },
      'getClientSecret is not supported',
    ],
    ['no address', { api: { domainKey: 'x' } }, 'api.url is missing'],
    ['nothing', {}, 'api.url is missing'],
  ])('[row 16] %s: says so on screen and to the page, not at once', async (_, options, words) => {
    const chat = new Mounted();
    document.body.append(chat.element);
    chat.element.setOptions(options as unknown as ChatKitOptions);
    expect(chat.events).toEqual([]);
    await chat.until(() => chat.named('error').length === 1);
    expect(chat.named('error')).toEqual([
      { error: expect.objectContaining({ message: expect.stringContaining(words) }) },
    ]);
    expect(chat.find('[role=alert]').textContent).toContain(words);
    expect(chat.named('ready')).toEqual([]);
    await expect(chat.element.focusComposer()).rejects.toThrow(words);
    chat.element.setOptions(chat.options());
    await chat.until(() => chat.named('ready').length === 1);
  });

  it('[row 16] a call that waited hears of it', async () => {
    const chat = new Mounted();
    document.body.append(chat.element);
    const waited = chat.element.focusComposer();
    chat.element.setOptions({ api: { getClientSecret: async () => 'x' } });
    await expect(waited).rejects.toThrow('getClientSecret is not supported');
  });
});

describe('new options while in use', () => {
  it('[row 4] keep thread, draft, focus, the running answer and its request', async () => {
    const chat = await new Mounted().start();
    await chat.type('Q');
    chat.press('Enter');
    await chat.until(() => chat.server.streams.length === 1);
    chat.server.stream.send(
      wire.created(),
      wire.done(wire.userItem('m1', 'Q')),
      ...wire.opening('m2'),
      wire.delta('m2', 'Half'),
    );
    await chat.until(() => chat.all('.prose').some((node) => node.textContent?.includes('Half')));
    await chat.type('next question');
    chat.input.focus();
    const [input, bubble] = [chat.input, chat.find('.bubble')];
    for (let n = 0; n < 3; n += 1)
      chat.element.setOptions(chat.options({ theme: 'dark', composer: { placeholder: 'New' } }));
    await chat.settled();
    expect(chat.input).toBe(input);
    expect(chat.shadow.activeElement).toBe(input);
    expect(input.value).toBe('next question');
    expect(input.placeholder).toBe('New');
    expect(chat.find('.bubble')).toBe(bubble);
    expect(chat.find('.chat').dataset.scheme).toBe('dark');
    chat.server.stream
      .send(wire.delta('m2', ' and whole'), wire.done(wire.answerItem('m2', 'Half and whole')))
      .close();
    await chat.until(() => chat.all('.prose').some((node) => node.textContent?.includes('whole')));
    expect(chat.server.requests).toHaveLength(1);
    expect(input.value).toBe('next question');
  });

  it('[row 4] are the ones whose functions are called', async () => {
    const chat = await new Mounted().start({
      header: {
        leftAction: {
          icon: 'menu',
          onClick: () => {
            throw new Error('old');
          },
        },
      },
    });
    const onClick = vi.fn();
    const other = new FakeServer();
    chat.element.setOptions({
      api: { url: '/other', domainKey: '', fetch: other.fetch },
      header: { leftAction: { icon: 'menu', onClick } },
    });
    await chat.settled();
    chat.find('[part~=header-left-action]').click();
    expect(onClick).toHaveBeenCalledOnce();
    await chat.element.sendUserMessage({ text: 'Q' });
    expect(other.requests.map(({ url }) => url)).toEqual(['/other']);
    expect(chat.server.requests).toEqual([]);
  });

  it('[row 14] call api.fetch bare, so that the window’s own may be given', async () => {
    const server = new FakeServer();
    let owner: unknown = 'never called';
    const chat = await new Mounted().start();
    chat.element.setOptions({
      api: {
        url: '/chatkit',
        domainKey: '',
        fetch(this: unknown, ...args: Parameters<typeof fetch>) {
          owner = this;
          return server.fetch(...args);
        },
      },
    });
    await chat.element.sendUserMessage({ text: 'Q' });
    expect(owner).toBeUndefined();
  });
});

describe('leaving the document', () => {
  it('[row 10] ends the request; coming back shows the thread as it is', async () => {
    const server = new FakeServer().answer(
      'threads.get_by_id',
      wire.loaded('thr_1', [wire.userItem('m1', 'Q'), wire.answerItem('m2', 'Stored half')]),
    );
    const chat = await new Mounted(server).start();
    void chat.element.sendUserMessage({ text: 'Q' });
    await chat.until(() => server.streams.length === 1);
    server.stream.send(
      wire.created(),
      wire.done(wire.userItem('m1', 'Q')),
      ...wire.opening('m2'),
      wire.delta('m2', 'Ha'),
    );
    await chat.until(() => chat.named('thread.change').length === 1);
    chat.element.remove();
    await macrotask();
    expect(server.stream.aborted).toBe(true);
    document.body.append(chat.element);
    await chat.until(() =>
      chat.all('.prose').some((node) => node.textContent?.includes('Stored half')),
    );
    expect(chat.named('ready')).toHaveLength(1);
    await chat.element.setComposerValue({ text: 'still alive' });
    expect(chat.input.value).toBe('still alive');
  });

  it('[row 10] a move within the document ends nothing', async () => {
    const chat = await new Mounted().start();
    void chat.element.sendUserMessage({ text: 'Q' });
    await chat.until(() => chat.server.streams.length === 1);
    const elsewhere = document.body.appendChild(document.createElement('div'));
    elsewhere.append(chat.element);
    await macrotask();
    expect(chat.server.stream.aborted).toBe(false);
  });

  it('[row 10] before it was ready: it starts when it comes back', async () => {
    const chat = new Mounted();
    chat.element.setOptions(chat.options());
    document.body.append(chat.element);
    chat.element.remove();
    await chat.settled();
    await macrotask();
    expect(chat.named('ready')).toEqual([]);
    document.body.append(chat.element);
    await chat.until(() => chat.named('ready').length === 1);
  });
});

describe('methods', () => {
  it('[row 8] refuse while an answer runs, and say why', async () => {
    const chat = await new Mounted().start();
    await chat.element.sendUserMessage({ text: 'Q' });
    await expect(chat.element.sendUserMessage({ text: 'R' })).rejects.toThrow('already responding');
    await expect(chat.element.setThreadId(null)).rejects.toThrow('already responding');
    await expect(chat.element.fetchUpdates()).rejects.toThrow('already responding');
    await expect(chat.element.sendCustomAction({ type: 'x' })).rejects.toThrow(
      'ChatKit: sendCustomAction() ignored - already responding.',
    );
    await chat.element.setComposerValue({ text: 'ok' });
    await chat.element.focusComposer();
  });

  it('[row 8] refuse while a thread loads', async () => {
    const server = new FakeServer();
    server.fetch.mockImplementationOnce(() => new Promise(() => {}));
    const chat = await new Mounted(server).start();
    void chat.element.setThreadId('thr_1');
    await expect(chat.element.sendUserMessage({ text: 'R' })).rejects.toThrow('thread is loading');
    expect(chat.named('thread.load.start')).toEqual([{ threadId: 'thr_1' }]);
  });
});
