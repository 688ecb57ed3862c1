import { useCallback, useEffect, useSyncExternalStore } from 'react';

export const ELEMENT = 'openai-chatkit';
const SCRIPT_URL = import.meta.env.VITE_CHATKIT_SCRIPT_URL || '/static/chatkit-element/chatkit.js';
const PATIENCE_MS = 15_000;

export type ScriptState = 'idle' | 'loading' | 'ready' | 'failed';

let state: ScriptState = 'idle';
const listeners = new Set<() => void>();

/** Puts the script into the page once. A failed one is taken out and asked for again. */
export function loadChatScript(): void {
  if (state === 'loading' || state === 'ready') return;
  if (customElements.get(ELEMENT)) {
    become('ready');
    return;
  }
  become('loading');
  const script = document.createElement('script');
  script.src = SCRIPT_URL;
  script.async = true;
  const timer = setTimeout(fail, PATIENCE_MS);
  function fail() {
    clearTimeout(timer);
    if (state !== 'loading') return;
    script.remove();
    become('failed');
  }
  script.addEventListener('error', fail);
  document.head.append(script);
  // Even after giving up: a script that comes very late is still the chat.
  void customElements.whenDefined(ELEMENT).then(() => {
    clearTimeout(timer);
    become('ready');
  });
}

/** The state of the script; loading begins when it is first `wanted`. */
export function useChatScript(wanted: boolean): { state: ScriptState; retry: () => void } {
  const current = useSyncExternalStore(subscribe, () => state);
  useEffect(() => {
    if (wanted && state === 'idle') loadChatScript();
  }, [wanted]);
  const retry = useCallback(loadChatScript, []);
  return { state: current, retry };
}

function become(next: ScriptState): void {
  state = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}
