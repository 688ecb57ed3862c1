import type { ChatKitOptions } from '@openai/chatkit';
import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { StrictMode, useState } from 'react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeApi, json, refusal } from '../../testing/fake-api';
import { renderFeature } from '../../testing/render';
import { MyChat } from './MyChat';

/** What the official wrapper needs of the element, recording what it is told. */
class FakeElement extends HTMLElement {
  options: ChatKitOptions | null = null;
  optionCalls = 0;
  focused = 0;
  asked: unknown[] = [];
  setOptions(options: ChatKitOptions) {
    this.options = options;
    this.optionCalls += 1;
  }
  async sendUserMessage(params: unknown) {
    this.asked.push(params);
  }
  async focusComposer() {
    this.focused += 1;
  }
}
customElements.define('openai-chatkit', FakeElement);

const follow = vi.fn();

function Page({ userId = 7 }: { userId?: number }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button">elsewhere</button>
      <MyChat userId={userId} open={open} onOpenChange={setOpen} onFollow={follow} />
    </>
  );
}

const element = () => document.querySelector<FakeElement>('openai-chatkit');
const panel = () => document.getElementById('chat-panel') as HTMLElement;
const button = () => screen.getByRole('button', { name: 'Open chat' });

async function openChat() {
  fireEvent.click(button());
  await waitFor(() => expect(element()?.options).toBeTruthy());
  return { element: element() as FakeElement, options: element()?.options as ChatKitOptions };
}

const analyst = {
  id: 'analyst',
  label: 'Built-in analyst',
  description: 'Answers from your records',
  default: true,
};
const model = { id: 'openai:m', label: 'M', description: 'A language model', default: false };
const offering = (...data: unknown[]) =>
  fakeApi({ 'GET /api/chatkit/models/': () => json(200, { data }) });

beforeEach(() => {
  sessionStorage.clear();
  offering(analyst);
});

describe('the chat button', () => {
  it('opens the chat, which is not made before', async () => {
    renderFeature(<Page />);
    expect(element()).toBeNull();
    expect(panel().hasAttribute('inert')).toBe(true);
    await openChat();
    expect(panel().hasAttribute('inert')).toBe(false);
    expect(button().getAttribute('aria-expanded')).toBe('true');
  });

  it('gets the focus back when the chat closes', async () => {
    renderFeature(<Page />);
    await openChat();
    expect(document.activeElement).toBe(panel());
    fireEvent.keyDown(panel(), { key: 'Escape' });
    expect(document.activeElement).toBe(button());
  });

  it('does not take the focus when the page loads', () => {
    renderFeature(<Page />);
    expect(document.activeElement).toBe(document.body);
  });
});

describe('the open chat', () => {
  it('moves the focus into the composer once the element is ready', async () => {
    renderFeature(<Page />);
    const chat = await openChat();
    expect(chat.element.focused).toBe(0);
    act(() => void chat.element.dispatchEvent(new CustomEvent('chatkit.ready')));
    expect(chat.element.focused).toBe(1);
  });

  it('asks what an answer offers to be asked, and leaves other links to the page', async () => {
    renderFeature(<Page />);
    const chat = await openChat();
    const link = (name: string, data: object) =>
      new CustomEvent('chatkit.deeplink', { detail: { name, data } });
    act(() => void chat.element.dispatchEvent(link('ask', { text: 'What is my net worth?' })));
    await waitFor(() => expect(chat.element.asked).toEqual([{ text: 'What is my net worth?' }]));
    expect(follow).not.toHaveBeenCalled();
    act(() => void chat.element.dispatchEvent(link('transactions', { month: '10' })));
    expect(follow).toHaveBeenCalledWith('transactions', { month: '10' });
    expect(chat.element.asked).toHaveLength(1);
  });

  it('closes by the close action of its header', async () => {
    renderFeature(<Page />);
    const { options } = await openChat();
    expect(options.header?.rightAction?.icon).toBe('close');
    act(() => options.header?.rightAction?.onClick());
    expect(panel().hasAttribute('inert')).toBe(true);
  });

  it('leaves Escape to what is inside it when that has used it', async () => {
    renderFeature(<Page />);
    const chat = await openChat();
    chat.element.addEventListener('keydown', (event) => event.preventDefault());
    fireEvent.keyDown(chat.element, { key: 'Escape' });
    expect(panel().hasAttribute('inert')).toBe(false);
  });

  it('does not close by an Escape meant for another part of the page', async () => {
    renderFeature(<Page />);
    await openChat();
    fireEvent.keyDown(screen.getByText('elsewhere'), { key: 'Escape' });
    expect(panel().hasAttribute('inert')).toBe(false);
  });

  it('stays the same element when it is closed and opened again', async () => {
    renderFeature(<Page />);
    const first = await openChat();
    fireEvent.keyDown(panel(), { key: 'Escape' });
    expect(element()).toBe(first.element);
    const second = await openChat();
    expect(second.element).toBe(first.element);
  });

  it('is told its options once, not at every opening, also under StrictMode', async () => {
    renderFeature(
      <StrictMode>
        <Page />
      </StrictMode>,
    );
    const chat = await openChat();
    const before = chat.element.optionCalls;
    fireEvent.keyDown(panel(), { key: 'Escape' });
    await openChat();
    expect(chat.element.optionCalls).toBe(before);
  });

  it('is gone when its page is gone', async () => {
    const { unmount } = renderFeature(<Page />);
    await openChat();
    unmount();
    expect(element()).toBeNull();
  });
});

describe('the models to pick from', () => {
  it('are in the composer once they are known', async () => {
    offering(analyst, model);
    renderFeature(<Page />);
    const chat = await openChat();
    await waitFor(() => expect(chat.element.options?.composer?.models).toHaveLength(2));
    expect(chat.element.options?.composer?.models?.[0]).toEqual(analyst);
  });

  it('are not shown when there is only one', async () => {
    const api = offering(analyst);
    renderFeature(<Page />);
    const chat = await openChat();
    await waitFor(() => expect(api.to('/api/chatkit/models/')).toHaveLength(1));
    expect(chat.element.options?.composer).not.toHaveProperty('models');
  });

  it('are not asked for before the chat is opened, and the chat works without them', async () => {
    const api = fakeApi({ 'GET /api/chatkit/models/': () => refusal(500, 'internal_error') });
    renderFeature(<Page />);
    expect(api.to('/api/chatkit/models/')).toHaveLength(0);
    const { options } = await openChat();
    expect(options.composer?.placeholder).toBe('Ask about your money');
  });
});

describe('after a reload', () => {
  const chat = async (userId?: number) => {
    const { unmount } = renderFeature(<Page userId={userId} />);
    return { ...(await openChat()), reload: unmount };
  };
  const tell = (name: string, threadId: string | null) =>
    act(() => {
      element()?.dispatchEvent(new CustomEvent(name, { detail: { threadId } }));
    });

  it('is in the thread it was in', async () => {
    const { options, reload } = await chat();
    expect(options.initialThread).toBeNull();
    tell('chatkit.thread.change', 'thr_1');
    reload();
    expect((await chat()).options.initialThread).toBe('thr_1');
  });

  it('begins anew after a new chat, a thread that could not be opened, and for another user', async () => {
    const { reload } = await chat();
    tell('chatkit.thread.change', 'thr_1');
    tell('chatkit.thread.change', null);
    reload();
    const second = await chat();
    expect(second.options.initialThread).toBeNull();
    tell('chatkit.thread.change', 'thr_1');
    tell('chatkit.thread.load.start', 'thr_2');
    second.reload();
    const third = await chat();
    expect(third.options.initialThread).toBeNull();
    tell('chatkit.thread.change', 'thr_1');
    third.reload();
    expect((await chat(8)).options.initialThread).toBeNull();
  });
});

describe('what the chat is told', () => {
  it('looks like the rest of the app and asks for no font of somebody else', async () => {
    renderFeature(<Page />);
    const { options } = await openChat();
    expect(options.theme).toMatchObject({
      colorScheme: 'light',
      radius: 'round',
      density: 'compact',
      typography: { baseSize: 16 },
    });
    expect(JSON.stringify(options)).not.toMatch(/fontSources|https?:/);
  });

  it('offers history with renaming and deleting, retry, and four questions', async () => {
    renderFeature(<Page />);
    const { options } = await openChat();
    expect(options.history).toEqual({ enabled: true, showDelete: true, showRename: true });
    expect(options.threadItemActions).toEqual({ retry: true, feedback: false });
    expect(options.startScreen?.prompts).toHaveLength(4);
    expect(options.startScreen?.prompts?.every(({ icon }) => icon)).toBe(true);
  });

  it('reaches our API with cookies and the CSRF token, replaced once when it is refused', async () => {
    const api = fakeApi({
      'POST /api/chatkit/': ({ headers }) =>
        headers.get('X-CSRFToken') === 'token-2' ? json(200, {}) : refusal(403, 'csrf_failed'),
    });
    renderFeature(<Page />);
    const { options } = await openChat();
    if (!('url' in options.api)) throw new Error('the chat must use our own backend');
    expect(options.api.url).toBe('/api/chatkit/');
    expect(options.api.domainKey).toBe('domain_pk_localhost_dev');

    const response = await options.api.fetch?.(options.api.url, { method: 'POST', body: '{}' });
    expect(response?.status).toBe(200);
    expect(api.to('/api/chatkit/').map(({ headers }) => headers.get('X-CSRFToken'))).toEqual([
      'token-1',
      'token-2',
    ]);
    expect(api.to('/api/chatkit/').every(({ credentials }) => credentials === 'include')).toBe(
      true,
    );
  });

  it('leaves a note in the console when the element reports an error', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    renderFeature(<Page />);
    const chat = await openChat();
    const error = new Error('no answer');
    chat.element.dispatchEvent(new CustomEvent('chatkit.error', { detail: { error } }));
    expect(warn).toHaveBeenCalledWith('Chat:', error);
  });
});
