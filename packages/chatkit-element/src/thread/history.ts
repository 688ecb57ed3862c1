import type { Page, Thread } from '../protocol/threads';

/** The list of past threads, newest first. */
export interface HistoryState {
  open: boolean;
  status: 'idle' | 'loading' | 'failed';
  threads: readonly Thread[];
  loaded: boolean;
  hasMore: boolean;
  after: string | undefined;
  /** The server's own words about a failed request; null asks for the standard sentence. */
  message: string | null;
}

export const CLOSED_HISTORY: HistoryState = {
  open: false,
  status: 'idle',
  threads: [],
  loaded: false,
  hasMore: false,
  after: undefined,
  message: null,
};

export type HistoryEvent =
  | { type: 'opened' }
  | { type: 'closed' }
  | { type: 'requested' }
  | { type: 'page'; page: Page<Thread>; first: boolean }
  | { type: 'failed'; message: string | null }
  | { type: 'changed'; thread: Thread }
  | { type: 'removed'; threadId: string }
  | { type: 'restored'; thread: Thread; index: number };

export function reduceHistory(state: HistoryState, event: HistoryEvent): HistoryState {
  switch (event.type) {
    case 'opened':
      return { ...state, open: true };
    case 'closed':
      return { ...state, open: false, status: 'idle', message: null };
    case 'requested':
      return { ...state, status: 'loading', message: null };
    case 'page': {
      const known = event.first ? [] : state.threads;
      const ids = new Set(known.map((thread) => thread.id));
      const threads = [...known, ...event.page.data.filter((thread) => !ids.has(thread.id))];
      const { has_more: hasMore, after } = event.page;
      return { ...state, status: 'idle', loaded: true, threads, hasMore, after };
    }
    case 'failed':
      return { ...state, status: 'failed', message: event.message };
    case 'changed':
      return {
        ...state,
        threads: state.threads.map((thread) =>
          thread.id === event.thread.id ? event.thread : thread,
        ),
      };
    case 'removed':
      return { ...state, threads: state.threads.filter((thread) => thread.id !== event.threadId) };
    case 'restored':
      return { ...state, threads: state.threads.toSpliced(event.index, 0, event.thread) };
  }
}
