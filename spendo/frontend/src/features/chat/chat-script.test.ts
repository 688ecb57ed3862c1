import { act, renderHook, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

const SELECTOR = 'script[src="/static/chatkit-element/chatkit.js"]';
const scripts = () => [...document.querySelectorAll<HTMLScriptElement>(SELECTOR)];

/** A page of its own for each test: the state of the script lives as long as the page. */
async function freshPage() {
  vi.resetModules();
  let define: () => void = () => undefined;
  const defined = new Promise<void>((resolve) => {
    define = resolve;
  });
  let known = false;
  vi.stubGlobal('customElements', {
    get: () => (known ? HTMLElement : undefined),
    whenDefined: () => defined,
  });
  const script = await import('./chat-script');
  return {
    ...script,
    define: async () => {
      known = true;
      define();
      await defined;
    },
    known: () => {
      known = true;
    },
  };
}

beforeEach(() => {
  for (const script of scripts()) script.remove();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('the script of the chat', () => {
  it('is not asked for before it is wanted', async () => {
    const page = await freshPage();
    const { result, rerender } = renderHook(({ wanted }) => page.useChatScript(wanted), {
      initialProps: { wanted: false },
    });
    expect(scripts()).toHaveLength(0);
    rerender({ wanted: true });
    expect(scripts()).toHaveLength(1);
    expect(result.current.state).toBe('loading');
  });

  it('is put into the page once, however many ask for it', async () => {
    const page = await freshPage();
    page.loadChatScript();
    page.loadChatScript();
    renderHook(() => page.useChatScript(true));
    expect(scripts()).toHaveLength(1);
  });

  it('is ready when the element is defined', async () => {
    const page = await freshPage();
    const { result } = renderHook(() => page.useChatScript(true));
    await act(page.define);
    await waitFor(() => expect(result.current.state).toBe('ready'));
  });

  it('is not needed when somebody else has defined the element', async () => {
    const page = await freshPage();
    page.known();
    const { result } = renderHook(() => page.useChatScript(true));
    await waitFor(() => expect(result.current.state).toBe('ready'));
    expect(scripts()).toHaveLength(0);
  });

  it('fails visibly, and is asked for anew on retry', async () => {
    const page = await freshPage();
    const { result } = renderHook(() => page.useChatScript(true));
    act(() => void scripts()[0]?.dispatchEvent(new Event('error')));
    expect(result.current.state).toBe('failed');
    expect(scripts()).toHaveLength(0);

    act(() => result.current.retry());
    expect(result.current.state).toBe('loading');
    expect(scripts()).toHaveLength(1);
  });

  it('gives up waiting, but still takes a script that comes later', async () => {
    vi.useFakeTimers();
    const page = await freshPage();
    const { result } = renderHook(() => page.useChatScript(true));
    await act(() => vi.advanceTimersByTimeAsync(15_000));
    expect(result.current.state).toBe('failed');
    vi.useRealTimers();
    await act(page.define);
    await waitFor(() => expect(result.current.state).toBe('ready'));
  });
});
