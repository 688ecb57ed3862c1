import type { NoticeLevel, ThreadStreamEvent } from '../protocol/events';
import type { ThreadItem, UserMessage } from '../protocol/items';
import type { Page, Thread } from '../protocol/threads';
import { updateItem } from './item-updates';
import { NO_REPLAY, replayed, startReplay } from './replay';
import {
  type ChatState,
  EMPTY_CHAT,
  type Entry,
  type Failure,
  findQuestion,
  findUndelivered,
} from './state';
import { doneEntry, olderThan, prepend, refresh, reset, unsentFrom } from './stored';

/** What can happen to the chat: the server's events, and the steps of our own requests. */
export type ChatEvent =
  | { type: 'stream'; event: ThreadStreamEvent }
  | { type: 'chat.cleared' }
  | { type: 'message.sent'; item: UserMessage }
  | { type: 'message.withdrawn' }
  | { type: 'response.requested'; dropAfter?: string }
  | { type: 'response.joined'; fromStart: boolean }
  | { type: 'connection.changed'; connected: boolean }
  | { type: 'stop.requested' }
  | { type: 'response.finished' }
  | { type: 'request.failed'; failure: Failure }
  | { type: 'failure.dismissed' }
  | { type: 'notice.dismissed'; key: string }
  | { type: 'load.started' }
  | { type: 'load.finished'; thread: Thread; newest: Page<ThreadItem> }
  | { type: 'thread.refreshed'; thread: Thread; newest: Page<ThreadItem> }
  | { type: 'thread.renamed'; threadId: string; title: string }
  | { type: 'older.requested' }
  | { type: 'older.finished'; page: Page<ThreadItem> }
  | { type: 'older.failed'; left: boolean };

export function reduce(state: ChatState, event: ChatEvent): ChatState {
  switch (event.type) {
    case 'stream':
      return reduceStream(state, event.event);
    case 'chat.cleared':
      return EMPTY_CHAT;
    case 'message.sent': {
      const entry: Entry = { key: event.item.id, item: event.item, status: 'sending' };
      const sent = { ...state, entries: [...state.entries, entry], sentKey: entry.key };
      return startResponse(sent);
    }
    case 'message.withdrawn': {
      const withdrawn = findUndelivered(state.entries);
      const entries = state.entries.filter((entry) => entry !== withdrawn);
      return { ...state, entries, failure: null };
    }
    case 'response.requested':
      return startResponse(dropAfter(state, event.dropAfter));
    case 'response.joined':
      return joinResponse(state, event.fromStart);
    case 'connection.changed':
      return { ...state, connected: event.connected };
    case 'stop.requested':
      return { ...state, stopping: true };
    case 'response.finished':
      return finish(state);
    case 'request.failed':
      return { ...refuse(finish(state)), failure: event.failure };
    case 'failure.dismissed':
      return { ...state, failure: null };
    case 'notice.dismissed':
      return { ...state, notices: state.notices.filter((notice) => notice.key !== event.key) };
    case 'load.started':
      return { ...EMPTY_CHAT, phase: 'loading' };
    case 'load.finished':
      return {
        ...EMPTY_CHAT,
        thread: event.thread,
        entries: event.newest.data.map(doneEntry),
        older: olderThan(event.newest),
      };
    case 'thread.refreshed':
      return refresh(state, event.thread, event.newest);
    case 'thread.renamed':
      if (state.thread?.id !== event.threadId) return state;
      return { ...state, thread: { ...state.thread, title: event.title } };
    case 'older.requested':
      return { ...state, older: { ...state.older, status: 'loading' } };
    case 'older.finished':
      return {
        ...state,
        entries: prepend(state.entries, event.page.data),
        older: olderThan(event.page),
      };
    case 'older.failed':
      return { ...state, older: { ...state.older, status: event.left ? 'idle' : 'failed' } };
  }
}

function reduceStream(before: ChatState, event: ThreadStreamEvent): ChatState {
  const { known, left } = replayed(before.replay, event);
  const state = left === before.replay ? before : { ...before, replay: left };
  if (known) return state;
  switch (event.type) {
    case 'thread.created':
      return { ...state, thread: event.thread };
    case 'thread.updated':
      // Its page of items is always empty: the items on screen stay.
      return { ...state, thread: event.thread };
    case 'thread.item.added':
      return { ...place(state, event.item, 'streaming'), progress: null };
    case 'thread.item.done':
      return { ...place(state, event.item, 'done'), progress: null };
    case 'thread.item.replaced':
      return place(state, event.item, 'done');
    case 'thread.item.updated':
      return {
        ...state,
        progress: null,
        entries: state.entries.map((entry) =>
          entry.item.id === event.item_id
            ? { ...entry, item: updateItem(entry.item, event.update) }
            : entry,
        ),
      };
    case 'thread.item.removed':
      return {
        ...state,
        entries: state.entries.filter((entry) => entry.item.id !== event.item_id),
      };
    case 'stream_options':
      return { ...state, allowCancel: event.allow_cancel };
    case 'progress_update':
      return { ...state, progress: { icon: event.icon, text: event.text } };
    case 'error': {
      const { code, message = null } = event;
      const remedy = event.allow_retry ? 'regenerate' : null;
      // The way to send a message that waits must stay: what failed stands beside it.
      if (state.failure?.remedy === 'resend' && message)
        return withNotice(state, 'danger', message);
      if (state.failure?.remedy === 'resend') return { ...state, progress: null };
      return { ...state, progress: null, failure: { code, message, remedy } };
    }
    case 'notice':
      return withNotice(state, event.level, event.message, event.title);
    case 'run.reset':
      return reset(state, event);
    case 'client_effect':
      return state;
  }
}

function withNotice(
  state: ChatState,
  level: NoticeLevel,
  message: string,
  title?: string,
): ChatState {
  const key = `notice-${state.notices.length}-${state.entries.length}`;
  return { ...state, notices: [...state.notices, { key, level, title, message }] };
}

function startResponse(state: ChatState): ChatState {
  return {
    ...state,
    phase: 'responding',
    allowCancel: true,
    stopping: false,
    connected: true,
    progress: null,
    failure: null,
    notices: [],
    replay: NO_REPLAY,
  };
}

/** The answer was asked for elsewhere, or before. A message of ours that waits for it stays at hand. */
function joinResponse(state: ChatState, fromStart: boolean): ChatState {
  const waiting = waitingMessage(state);
  const question = waiting || state.sentKey ? null : findQuestion(state.entries);
  return {
    ...startResponse(state),
    // The answer is shown as to the one who asked for it, unless there is a message to be kept in view.
    sentKey: waiting ? null : (question?.key ?? state.sentKey),
    entries: fromStart ? state.entries : revive(state.entries),
    failure: waiting,
    replay: fromStart ? startReplay(state.entries) : NO_REPLAY,
  };
}

/** What the lost connection cut goes on. */
function revive(entries: readonly Entry[]): readonly Entry[] {
  const question = entries.findLastIndex(({ item }) => item.type === 'user_message');
  return entries.map((entry, index) =>
    entry.status === 'cut' && index > question ? { ...entry, status: 'streaming' } : entry,
  );
}

function waitingMessage({ entries, failure }: ChatState): Failure | null {
  if (unsentFrom(entries) === entries.length) return null;
  if (failure?.remedy === 'resend') return failure;
  return { code: 'thread_busy', message: null, remedy: 'resend' };
}

/** Ends a response however it ended: what has arrived stays, nothing keeps moving. */
function finish(state: ChatState): ChatState {
  return {
    ...state,
    phase: 'idle',
    stopping: false,
    connected: true,
    progress: null,
    replay: NO_REPLAY,
    entries: state.entries.map((entry) =>
      entry.status === 'streaming' ? { ...entry, status: 'cut' as const } : entry,
    ),
  };
}

function refuse(state: ChatState): ChatState {
  const entries = state.entries.map((entry) =>
    entry.status === 'sending' ? { ...entry, status: 'unsent' as const } : entry,
  );
  return { ...state, entries };
}

/** Puts an item in its place: its own, that of our unconfirmed copy, or the end. */
function place(state: ChatState, item: ThreadItem, status: Entry['status']): ChatState {
  const index = findPlace(state.entries, item);
  if (index < 0) {
    const entry = { key: item.id, item, status };
    return { ...state, entries: state.entries.toSpliced(unsentFrom(state.entries), 0, entry) };
  }
  const entries = state.entries.map((entry, at) =>
    at === index ? { ...entry, item, status } : entry,
  );
  return { ...state, entries };
}

function findPlace(entries: readonly Entry[], item: ThreadItem): number {
  const own = entries.findIndex((entry) => entry.item.id === item.id);
  if (own >= 0 || item.type !== 'user_message') return own;
  return entries.findIndex((entry) => entry.status === 'sending');
}

/** The server deletes what follows a retried message without saying so. */
function dropAfter(state: ChatState, itemId: string | undefined): ChatState {
  const index = state.entries.findIndex((entry) => entry.item.id === itemId);
  if (index < 0) return state;
  const question = state.entries[index];
  return {
    ...state,
    entries: state.entries.slice(0, index + 1),
    sentKey: question?.key ?? state.sentKey,
  };
}
