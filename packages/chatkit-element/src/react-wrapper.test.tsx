import {
  ChatKit,
  type UseChatKitOptions,
  type UseChatKitReturn,
  useChatKit,
} from '@openai/chatkit-react';
import { act, StrictMode, useState } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeServer, until } from './testing/fake-server';
import * as wire from './testing/wire';

// The official wrapper, unmodified, drives the element. The first test runs before it is defined.

let root: Root;
let server: FakeServer;
let chat: UseChatKitReturn;
let setTheme: (theme: 'light' | 'dark') => void;
let setGreeting: (greeting: string) => void;
const ready = vi.fn();
const log: Array<[string, unknown]> = [];
const note = (name: string) => (detail?: unknown) => void log.push([name, detail]);

function App({ options }: { options?: Partial<UseChatKitOptions> }) {
  const [theme, changeTheme] = useState<'light' | 'dark'>('light');
  const [greeting, changeGreeting] = useState('Hello');
  setTheme = changeTheme;
  setGreeting = changeGreeting;
  chat = useChatKit({
    api: { url: '/chatkit', domainKey: 'local', fetch: (...args) => server.fetch(...args) },
    theme,
    startScreen: { greeting },
    header: { leftAction: { icon: 'close', onClick: () => note('left')(greeting) } },
    onReady: ready,
    onError: note('error'),
    onEffect: note('effect'),
    onThreadChange: note('thread.change'),
    onResponseStart: note('response.start'),
    onResponseEnd: note('response.end'),
    onHistoryOpen: note('history.open'),
    onHistoryClose: note('history.close'),
    onThreadLoadStart: note('load.start'),
    onThreadLoadEnd: note('load.end'),
    ...options,
  });
  return <ChatKit control={chat.control} className="block h-full" data-testid="chat" />;
}

const element = () => {
  const found = document.querySelector('openai-chatkit');
  if (!found) throw new Error('not rendered');
  return found as HTMLElement;
};
const shadow = () => element().shadowRoot as ShadowRoot;

async function show(options?: Partial<UseChatKitOptions>) {
  await act(async () => {
    root.render(
      <StrictMode>
        <App options={options} />
      </StrictMode>,
    );
  });
}

beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
  server = new FakeServer();
  log.length = 0;
  ready.mockReset();
  root = createRoot(document.body.appendChild(document.createElement('div')));
});

afterEach(async () => {
  await act(async () => root.unmount());
  document.body.replaceChildren();
});

describe('the official React wrapper under StrictMode', () => {
  it('mounts before the script has loaded, and the chat starts when it comes', async () => {
    expect(customElements.get('openai-chatkit')).toBeUndefined();
    await show();
    expect(element().shadowRoot).toBeNull();
    expect(ready).not.toHaveBeenCalled();
    const { define } = await import('./define');
    define();
    await until(() => ready.mock.calls.length > 0);
    expect(ready).toHaveBeenCalledExactlyOnceWith(null);
    expect(shadow().querySelector('.greeting')?.textContent).toBe('Hello');
    expect(element().className).toBe('block h-full');
  });

  it('is ready once and after the listeners are there', async () => {
    await show();
    await until(() => ready.mock.calls.length > 0);
    await act(async () => setTheme('dark'));
    await act(async () => setGreeting('Again'));
    await until(() => shadow().querySelector('.greeting')?.textContent === 'Again');
    expect(shadow().querySelector<HTMLElement>('.chat')?.dataset.scheme).toBe('dark');
    expect(ready).toHaveBeenCalledOnce();
  });

  it('calls the functions of the latest render', async () => {
    await show();
    await until(() => ready.mock.calls.length > 0);
    await act(async () => setGreeting('Newest'));
    shadow().querySelector<HTMLElement>('[part~=header-left-action]')?.click();
    expect(log).toEqual([['left', 'Newest']]);
  });

  it('methods called before it is ready run when it is, and events arrive with their details', async () => {
    await show();
    const sent = chat.sendUserMessage({ text: 'Q' });
    await until(() => server.streams.length === 1);
    await sent;
    server.stream
      .send(...wire.exchange('Q', 'A'), { type: 'client_effect', name: 'fx', data: { k: 1 } })
      .close();
    await until(() => log.some(([name]) => name === 'response.end'));
    expect(log).toEqual([
      ['thread.change', { threadId: 'thr_1' }],
      ['response.start', null],
      ['effect', { name: 'fx', data: { k: 1 } }],
      ['response.end', null],
    ]);
  });

  it('a new theme in the middle of an answer disturbs nothing', async () => {
    await show();
    await until(() => ready.mock.calls.length > 0);
    await chat.sendUserMessage({ text: 'Q' });
    server.stream.send(
      wire.created(),
      wire.done(wire.userItem('m1', 'Q')),
      ...wire.opening('m2'),
      wire.delta('m2', 'Half'),
    );
    await until(() => shadow().querySelector('.prose')?.textContent?.includes('Half'));
    await act(async () => setTheme('dark'));
    server.stream
      .send(wire.delta('m2', ' done'), wire.done(wire.answerItem('m2', 'Half done')))
      .close();
    await until(() => shadow().querySelector('.prose')?.textContent?.includes('Half done'));
    expect(server.stream.aborted).toBe(false);
    expect(server.requests).toHaveLength(1);
  });

  it('all eight methods work through the hook', async () => {
    server.answer('threads.get_by_id', ({ thread_id: id }) => wire.loaded(String(id), []));
    server.answer('threads.list', { data: [], has_more: false });
    await show({ initialThread: 'thr_1' });
    await until(() => log.some(([name]) => name === 'load.end'));
    await chat.setComposerValue({ text: 'draft' });
    await chat.focusComposer();
    await chat.showHistory();
    await chat.hideHistory();
    await chat.fetchUpdates();
    await chat.setThreadId('thr_2');
    await chat.sendCustomAction({ type: 'a' });
    await chat.setThreadId(null).catch(() => {});
    await expect(chat.sendUserMessage({ text: 'x' })).rejects.toThrow('already responding');
    expect(log.map(([name]) => name)).toEqual([
      'load.start',
      'thread.change',
      'load.end',
      'history.open',
      'history.close',
      'load.start',
      'thread.change',
      'load.end',
    ]);
  });

  it('unmounting ends the request and says nothing afterwards', async () => {
    await show();
    await until(() => ready.mock.calls.length > 0);
    await chat.sendUserMessage({ text: 'Q' });
    await act(async () => root.unmount());
    await until(() => server.stream.aborted);
    expect(log.filter(([name]) => name === 'error')).toEqual([]);
    root = createRoot(document.body);
  });
});
