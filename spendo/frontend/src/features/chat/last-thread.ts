const KEY = 'spendo.chat.thread';

/** The thread this tab was in before a reload; null when there was none, or it was another user's. */
export function lastThread(userId: number): string | null {
  const [owner, threadId] = (read() ?? '').split(' ', 2);
  return owner === String(userId) && threadId ? threadId : null;
}

export function keepThread(userId: number, threadId: string | null): void {
  try {
    if (threadId === null) sessionStorage.removeItem(KEY);
    else sessionStorage.setItem(KEY, `${userId} ${threadId}`);
  } catch {
    // A browser that keeps nothing begins with a new chat.
  }
}

function read(): string | null {
  try {
    return sessionStorage.getItem(KEY);
  } catch {
    return null;
  }
}
