import type { ChatKitOptions, OpenAIChatKit, ToolOption } from '@openai/chatkit';
import { afterEach, describe, expect, expectTypeOf, it, vi } from 'vitest';
import { ChatKitElement } from './chatkit-element';
import { FakeServer, refusal } from './testing/fake-server';
import { Mounted } from './testing/mount';
import * as wire from './testing/wire';

afterEach(() => {
  document.body.replaceChildren();
});

const macrotask = () => new Promise((resolve) => setTimeout(resolve, 0));

describe('start', () => {
  it('is an OpenAIChatKit for the compiler', () => {
    expectTypeOf<ChatKitElement>().toExtend<OpenAIChatKit>();
    expect(document.createElement('openai-chatkit')).toBeInstanceOf(ChatKitElement);
  });

  it('options first, document later', async () => {
    const chat = new Mounted();
    chat.element.setOptions(chat.options());
    await macrotask();
    expect(chat.events).toEqual([]);
    document.body.append(chat.element);
    await chat.until(() => chat.named('ready').length === 1);
  });

  it('document first, options later: empty until then', async () => {
    const chat = new Mounted();
    document.body.append(chat.element);
    await chat.settled();
    expect(chat.shadow.querySelector('.chat')).toBeNull();
    chat.element.setOptions(chat.options());
    await chat.until(() => chat.named('ready').length === 1);
    expect(chat.find('.chat')).toBeTruthy();
  });

  it('is never ready at once nor in a microtask, only in a task after a frame', async () => {
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

  it('is ready once, however often the options come', async () => {
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

  it('calls that come early wait and run in order', async () => {
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

  it('opens the initial thread, and only the first time', async () => {
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
        'updated',
        'willUpdate',
        'connectedCallback',
        'disconnectedCallback',
      ].sort(),
    );
  });

  it('two on one page share nothing', async () => {
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
  ])('%s: says so on screen and to the page, not at once', async (_, options, words) => {
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
    chat.element.setOptions(chat.options());
    await chat.until(() => chat.named('ready').length === 1);
  });
});

describe('new options while in use', () => {
  it('keep thread, draft, focus, the running answer and its request', async () => {
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

  it('are the ones whose functions are called', async () => {
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

  it('call api.fetch bare, so that the window’s own may be given', async () => {
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
  it('ends the request; coming back shows the thread as it is', async () => {
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

  it('a move within the document ends nothing', async () => {
    const chat = await new Mounted().start();
    void chat.element.sendUserMessage({ text: 'Q' });
    await chat.until(() => chat.server.streams.length === 1);
    const elsewhere = document.body.appendChild(document.createElement('div'));
    elsewhere.append(chat.element);
    await macrotask();
    expect(chat.server.stream.aborted).toBe(false);
  });

  it('before it was ready: it starts when it comes back', async () => {
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

describe('the composer', () => {
  it('Enter sends, Shift+Enter and an open input method do not', async () => {
    const chat = await new Mounted().start();
    await chat.type('Hello');
    expect(chat.press('Enter', { shiftKey: true }).defaultPrevented).toBe(false);
    chat.press('Enter', { isComposing: true });
    chat.press('Enter', { keyCode: 229 });
    expect(chat.server.requests).toEqual([]);
    expect(chat.press('Enter').defaultPrevented).toBe(true);
    await chat.until(() => chat.server.requests.length === 1);
    await chat.settled();
    expect(chat.input.value).toBe('');
    expect(chat.find('.bubble').textContent).toBe('Hello');
  });

  it('an empty message cannot be sent, and none while an answer runs', async () => {
    const chat = await new Mounted().start();
    expect(chat.button('Send message').disabled).toBe(true);
    await chat.type('  ');
    chat.press('Enter');
    await chat.type('One');
    chat.button('Send message').click();
    await chat.until(() => chat.server.requests.length === 1);
    await chat.type('Two');
    chat.press('Enter');
    await chat.settled();
    expect(chat.server.requests).toHaveLength(1);
    expect(chat.input.value).toBe('Two');
  });

  it('keeps a draft for every thread', async () => {
    const server = new FakeServer().answer('threads.get_by_id', ({ thread_id: id }) =>
      wire.loaded(String(id), []),
    );
    const chat = await new Mounted(server).start();
    await chat.type('for a new chat');
    await chat.element.setThreadId('a');
    await chat.settled();
    expect(chat.input.value).toBe('');
    await chat.type('for a');
    await chat.element.setThreadId(null);
    await chat.settled();
    expect(chat.input.value).toBe('for a new chat');
    await chat.element.setThreadId('a');
    await chat.settled();
    expect(chat.input.value).toBe('for a');
  });

  it('what is typed while the first answer starts is not lost when the thread gets its id', async () => {
    const chat = await new Mounted().start();
    await chat.type('Q');
    chat.press('Enter');
    await chat.until(() => chat.server.streams.length === 1);
    await chat.type('next');
    chat.server.stream.send(...wire.exchange('Q', 'A')).close();
    await chat.until(() => chat.named('response.end').length === 1);
    await chat.settled();
    expect(chat.input.value).toBe('next');
  });

  it('shows the quote of setComposerValue and sends it', async () => {
    const chat = await new Mounted().start();
    await chat.element.setComposerValue({ text: 'Why?', reply: 'You spent $5' });
    expect(chat.find('.reply').textContent).toContain('You spent $5');
    chat.press('Enter');
    await chat.until(() => chat.server.requests.length === 1);
    expect(chat.server.requests[0]?.params).toMatchObject({
      input: { quoted_text: 'You spent $5' },
    });
  });

  it('a tool goes out with one message, a persistent one stays, and the page is told', async () => {
    const tools: ToolOption[] = [
      {
        id: 'search',
        label: 'Search the web',
        shortLabel: 'Search',
        icon: 'search',
        placeholderOverride: 'Search for',
      },
      { id: 'deep', label: 'Deep', icon: 'lab', persistent: true, pinned: true },
    ];
    const models = [
      { id: 'small', label: 'Small' },
      { id: 'big', label: 'Big', default: true },
    ];
    const chat = await new Mounted().start({ composer: { tools, models } });
    expect(chat.all('.tool').map((node) => node.textContent?.trim())).toEqual(['Deep', 'Search']);
    (chat.all('.tool')[1] as HTMLElement).click();
    await chat.settled();
    expect(chat.input.placeholder).toBe('Search for');
    await chat.exchange('Q', wire.exchange('Q', 'A'));
    expect(chat.server.requests[0]?.params).toMatchObject({
      input: { inference_options: { tool_choice: { id: 'search' }, model: 'big' } },
    });
    await chat.element.setComposerValue({ selectedToolId: 'deep', selectedModelId: 'small' });
    await chat.exchange('R', [wire.done(wire.userItem('m3', 'R'))]);
    expect(chat.server.requests[1]?.params).toMatchObject({
      input: { inference_options: { tool_choice: { id: 'deep' }, model: 'small' } },
    });
    await chat.element.setComposerValue({ selectedToolId: null });
    expect(chat.named('tool.change')).toEqual([
      { toolId: 'search' },
      { toolId: null },
      { toolId: 'deep' },
      { toolId: null },
    ]);
  });

  it('is focused only when asked to be', async () => {
    const chat = await new Mounted().start();
    expect(document.activeElement).toBe(document.body);
    await chat.element.focusComposer();
    expect(chat.shadow.activeElement).toBe(chat.input);
  });

  it('takes the focus from a button that goes away', async () => {
    const chat = await new Mounted().start({
      startScreen: { prompts: [{ label: 'P', prompt: 'p' }] },
    });
    chat.button('P').focus();
    chat.button('P').click();
    await chat.until(() => chat.server.streams.length === 1);
    await chat.settled();
    expect(chat.shadow.activeElement).toBe(chat.input);
    chat.button('Stop answering').focus();
    chat.button('Stop answering').click();
    await chat.settled();
    expect(chat.shadow.activeElement).toBe(chat.input);
  });

  it('a locked thread locks it with the reason; a closed one takes it away', async () => {
    const chat = await new Mounted().start();
    await chat.exchange('Q', [
      ...wire.exchange('Q', 'A'),
      wire.updated({ status: { type: 'locked', reason: 'Under review' } }),
    ]);
    await chat.settled();
    expect(chat.input.disabled).toBe(true);
    expect(chat.input.placeholder).toBe('Under review');
    await chat.element.setThreadId(null);
    await chat.exchange('Q', [
      ...wire.exchange('Q', 'A'),
      wire.updated({ status: { type: 'closed' } }),
    ]);
    await chat.settled();
    expect(chat.shadow.querySelector('textarea')).toBeNull();
    expect(chat.find('[part=closed]').textContent).toContain('This chat is closed');
  });
});

describe('an answer', () => {
  it('can be stopped unless the server forbids it', async () => {
    const chat = await new Mounted().start();
    await chat.type('Q');
    chat.press('Enter');
    await chat.until(() => chat.server.streams.length === 1);
    chat.server.stream.send(
      wire.created(),
      wire.done(wire.userItem('m1', 'Q')),
      wire.options(false),
    );
    await chat.until(() => chat.all('[part=stop-button]').length === 0);
    chat.server.stream.send(wire.options(true), ...wire.opening('m2'), wire.delta('m2', 'Half'));
    await chat.until(() => chat.all('[part=stop-button]').length === 1);
    chat.button('Stop answering').click();
    await chat.settled();
    expect(chat.server.stream.aborted).toBe(true);
    expect(chat.find('.prose').textContent).toContain('Half');
    expect(chat.find('[role=status].spoken').textContent).toBe('The answer was stopped.');
  });

  it('is read out once, when it is finished', async () => {
    const chat = await new Mounted().start();
    await chat.exchange('Q', wire.exchange('Q', 'You spent **$5**.'));
    await chat.settled();
    expect(chat.find('[role=status].spoken').textContent).toBe('Answer: You spent $5 .');
    expect(chat.find('[role=log]').getAttribute('aria-live')).toBe('off');
  });

  it('offers copy always and retry only when asked for', async () => {
    const chat = await new Mounted().start();
    await chat.exchange('Q', wire.exchange('Q', 'A'));
    await chat.settled();
    expect(
      chat.all('.item-actions button').map((button) => button.getAttribute('aria-label')),
    ).toEqual(['Copy']);
    chat.element.setOptions(chat.options({ threadItemActions: { retry: true } }));
    await chat.settled();
    chat.button('Answer again').click();
    await chat.until(() => chat.server.count('threads.retry_after_item') === 1);
    expect(chat.server.last('threads.retry_after_item')?.params).toEqual({
      thread_id: 'thr_1',
      item_id: 'm1',
    });
    await chat.settled();
    expect(chat.all('.assistant')).toEqual([]);
  });

  it('deeplinks, effects and notices reach page and reader', async () => {
    const chat = await new Mounted().start();
    await chat.exchange('Q', [
      ...wire.exchange('Q', '[rows](chatkit-link://rows?month=10)'),
      { type: 'client_effect', name: 'fx', data: { k: 1 } },
      { type: 'notice', level: 'warning', message: '**Old** prices', title: 'Prices' },
    ]);
    await chat.settled();
    chat.find('.deeplink').click();
    expect(chat.named('deeplink')).toEqual([{ name: 'rows', data: { month: '10' } }]);
    expect(chat.named('effect')).toEqual([{ name: 'fx', data: { k: 1 } }]);
    expect(chat.find('[part=notice]').textContent).toContain('Old prices');
    chat.button('Dismiss').click();
    await chat.settled();
    expect(chat.all('[part=notice]')).toEqual([]);
  });

  it('unknown items and events do not disturb it', async () => {
    const chat = await new Mounted().start();
    await chat.exchange('Q', [
      wire.created(),
      wire.done(wire.userItem('m1', 'Q')),
      { type: 'thread.item.added', item: { id: 'h', type: 'hidden_context_item' } },
      {
        type: 'thread.item.done',
        item: {
          id: 'w',
          type: 'widget',
          widget: { type: 'Card', children: [{ type: 'Text', value: 'In a card' }] },
        },
      },
      { type: 'thread.item.done', item: { id: 'n', type: 'hologram' } },
      { type: 'later.event' },
      {
        type: 'thread.item.done',
        item: {
          id: 'k',
          type: 'task',
          task: { type: 'custom', title: 'Looked it up', sources: [] },
        },
      },
      wire.done(wire.answerItem('m2', 'Still here')),
    ]);
    await chat.settled();
    const words = chat.find('.list').textContent;
    for (const expected of ['In a card', 'Looked it up', 'Still here'])
      expect(words).toContain(expected);
  });
});

describe('what the server refuses', () => {
  it('stands under the message, with the way out', async () => {
    const chat = await new Mounted(
      new FakeServer().answer('threads.create', refusal(429, 'too_many', 'Wait a minute.')),
    ).start();
    await chat.type('Q');
    chat.press('Enter');
    await chat.until(() => chat.all('[part=failure]').length === 1);
    expect(chat.find('[part=failure]').textContent).toContain('Wait a minute.');
    expect(chat.find('.user').textContent).toContain('Not sent');
    chat.button('Edit').click();
    await chat.settled();
    expect(chat.input.value).toBe('Q');
    expect(chat.all('.bubble')).toEqual([]);
    expect(chat.named('error')).toHaveLength(1);
  });
});

describe('methods', () => {
  it('refuse while an answer runs, and say why', async () => {
    const chat = await new Mounted().start();
    await chat.element.sendUserMessage({ text: 'Q' });
    await expect(chat.element.sendUserMessage({ text: 'R' })).rejects.toThrow('already responding');
    await expect(chat.element.setThreadId(null)).rejects.toThrow('already responding');
    await expect(chat.element.fetchUpdates()).rejects.toThrow('already responding');
    await expect(chat.element.sendCustomAction({ type: 'x' })).rejects.toThrow('no active thread');
    await chat.element.setComposerValue({ text: 'ok' });
    await chat.element.focusComposer();
  });

  it('refuse while a thread loads', async () => {
    const server = new FakeServer();
    server.fetch.mockImplementationOnce(() => new Promise(() => {}));
    const chat = await new Mounted(server).start();
    void chat.element.setThreadId('thr_1');
    await expect(chat.element.sendUserMessage({ text: 'R' })).rejects.toThrow('thread is loading');
    expect(chat.named('thread.load.start')).toEqual([{ threadId: 'thr_1' }]);
  });
});

describe('the history', () => {
  const server = () =>
    new FakeServer()
      .answer('threads.list', {
        data: [wire.thread('a', { title: 'Rent' }), wire.thread('b')],
        has_more: false,
      })
      .answer('threads.get_by_id', ({ thread_id: id }) =>
        wire.loaded(String(id), [wire.userItem('u', 'Old question')], { title: 'Rent' }),
      )
      .answer('threads.update', wire.thread('a', { title: 'Flat' }))
      .answer('threads.delete', Response.json({}));

  it('opens a thread, marks it, and closes with Escape', async () => {
    const chat = await new Mounted(server()).start();
    chat.button('Chat history').click();
    await chat.until(() => chat.all('.thread').length === 2);
    expect(chat.all('.thread-title').map((node) => node.textContent)).toEqual([
      'Rent',
      'Untitled chat',
    ]);
    expect(chat.find('.main').hasAttribute('inert')).toBe(true);
    (chat.all('.thread-open')[0] as HTMLElement).click();
    await chat.until(() => chat.named('thread.load.end').length === 1);
    await chat.settled();
    expect(chat.find('.title').textContent).toBe('Rent');
    await chat.element.showHistory();
    await chat.until(() => chat.all('.thread').length === 2);
    expect(
      chat.all('[aria-current]').map((node) => node.querySelector('.thread-title')?.textContent),
    ).toEqual(['Rent']);
    chat.press('Escape', {}, chat.find('.history'));
    await chat.settled();
    expect(chat.all('.history')).toEqual([]);
    expect(chat.named('history.open')).toEqual([null, null]);
    expect(chat.named('history.close')).toEqual([null, null]);
  });

  it('renames and deletes only where allowed, and asks before deleting', async () => {
    const chat = await new Mounted(server()).start();
    await chat.element.showHistory();
    await chat.until(() => chat.all('.thread').length === 2);
    expect(() => chat.button('Delete “Rent”')).toThrow();
    chat.element.setOptions(
      chat.options({ history: { enabled: true, showRename: true, showDelete: true } }),
    );
    await chat.settled();
    chat.button('Rename “Rent”').click();
    await chat.settled();
    const field = chat.find<HTMLInputElement>('.renaming input');
    expect(chat.shadow.activeElement).toBe(field);
    field.value = 'Flat';
    chat.find<HTMLFormElement>('.renaming').requestSubmit();
    await chat.until(() => chat.server.count('threads.update') === 1);
    chat.button('Delete “Flat”').click();
    await chat.settled();
    expect(chat.server.count('threads.delete')).toBe(0);
    expect(chat.find('.confirming').textContent).toContain('Delete “Flat”?');
    chat.button('Delete').click();
    await chat.until(() => chat.all('.thread').length === 1);
    expect(chat.server.last('threads.delete')?.params).toEqual({ thread_id: 'a' });
  });

  it('can be off', async () => {
    const chat = await new Mounted(server()).start({ history: { enabled: false } });
    expect(() => chat.button('Chat history')).toThrow();
    await expect(chat.element.showHistory()).rejects.toThrow('disabled');
  });
});

describe('the start screen', () => {
  it('greets and sends the prompt that is chosen', async () => {
    const chat = await new Mounted().start({
      startScreen: {
        greeting: 'Hello there',
        prompts: [{ label: 'Balances', prompt: 'What are my balances?', icon: 'lucide:wallet' }],
      },
      disclaimer: { text: 'Figures **only**' },
    });
    expect(chat.find('.greeting').textContent).toBe('Hello there');
    expect(chat.find('.disclaimer strong').textContent).toBe('only');
    chat.find('.prompt').click();
    await chat.until(() => chat.server.requests.length === 1);
    await chat.settled();
    expect(chat.find('.bubble').textContent).toBe('What are my balances?');
    expect(chat.all('.start')).toEqual([]);
  });
});
