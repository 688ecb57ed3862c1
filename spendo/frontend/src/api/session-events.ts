/**
 * `ended`: the server no longer knows us. `doubtful`: it refused our CSRF token, which also happens
 * when somebody else signed in from another tab.
 */
export type SessionEvent = 'ended' | 'doubtful';

const listeners = new Set<(event: SessionEvent) => void>();

export function onSessionEvent(listener: (event: SessionEvent) => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

export function announceSession(event: SessionEvent): void {
  for (const listener of listeners) listener(event);
}
