import type { NoticeLevel } from '../protocol/events';
import type { StructuredInputItem, ThreadItem } from '../protocol/items';
import { readText } from '../protocol/json';
import type { Thread } from '../protocol/threads';
import { widgetWords } from '../protocol/widget-words';
import { NO_REPLAY, type Replay } from './replay';

/** Everything the chat view shows, replaced (never changed) by the reducer. */
export interface ChatState {
  thread: Thread | null;
  entries: readonly Entry[];
  phase: Phase;
  /** Key of the message sent last from here: its turn is brought to the top of the view. */
  sentKey: string | null;
  allowCancel: boolean;
  /** The user has stopped the answer and the server has yet to end it. */
  stopping: boolean;
  /** False while the connection to a running answer is lost for longer than a moment. */
  connected: boolean;
  progress: Progress | null;
  notices: readonly Notice[];
  failure: Failure | null;
  older: OlderItems;
  replay: Replay;
}

export type Phase = 'idle' | 'loading' | 'responding';

/** An item in its place. The key stays when the server replaces our id by its own. */
export interface Entry {
  key: string;
  item: ThreadItem;
  /**
   * `sending`: not yet confirmed by the server. `unsent`: it never will be. `streaming`: more updates
   * may come. `cut`: none will, though the end never came.
   */
  status: 'sending' | 'unsent' | 'streaming' | 'cut' | 'done';
}

export interface Progress {
  icon?: string;
  text: string;
}

export interface Notice {
  key: string;
  level: NoticeLevel;
  title?: string;
  message: string;
}

/** Why the last request failed, and what the user may do about it. */
export interface Failure {
  code: string;
  /** The server's own words; null asks for the standard sentence of `code`. */
  message: string | null;
  /** `resend`: the message never arrived. `regenerate`: ask for the answer again. `reconnect`: the answer goes on without us. `tool`: the result of the page's tool did not get through. */
  remedy: 'resend' | 'regenerate' | 'reconnect' | 'reload' | 'tool' | null;
}

export interface OlderItems {
  hasMore: boolean;
  after: string | undefined;
  status: 'idle' | 'loading' | 'failed';
}

export const NO_OLDER: OlderItems = { hasMore: false, after: undefined, status: 'idle' };

export const EMPTY_CHAT: ChatState = {
  thread: null,
  entries: [],
  phase: 'idle',
  sentKey: null,
  allowCancel: true,
  stopping: false,
  connected: true,
  progress: null,
  notices: [],
  failure: null,
  older: NO_OLDER,
  replay: NO_REPLAY,
};

/** The user message an answer belongs to, searched backwards from `before` (default: the end). */
export function findQuestion(entries: readonly Entry[], before = entries.length): Entry | null {
  const isQuestion = ({ item, status }: Entry) => item.type === 'user_message' && status === 'done';
  return entries.slice(0, before).findLast(isQuestion) ?? null;
}

/** The last item of this turn, as the server has it, that is wanted. */
export function findInTurn<T extends ThreadItem>(
  { entries }: ChatState,
  wanted: (item: ThreadItem) => item is T,
): T | null {
  for (const { item, status } of entries.toReversed()) {
    if (status !== 'done') continue;
    if (item.type === 'user_message') return null;
    if (wanted(item)) return item;
  }
  return null;
}

/** The questions that wait for the user. */
export function pendingQuestions(state: ChatState): StructuredInputItem | null {
  return findInTurn(
    state,
    (item): item is StructuredInputItem =>
      item.type === 'structured_input' && item.status === 'pending' && item.inputs.length > 0,
  );
}

/** The last message that has not, or not yet, reached the server. */
export function findUndelivered(entries: readonly Entry[]): Entry | undefined {
  return entries.findLast(({ status }) => status === 'sending' || status === 'unsent');
}

/** A locked or closed thread takes no messages, so it gives no new answers either. */
export function isWritable({ thread }: ChatState): boolean {
  return thread === null || thread.status.type === 'active';
}

export function messageText(item: ThreadItem): string {
  switch (item.type) {
    case 'user_message':
      return item.content.map((part) => part.text).join('');
    case 'assistant_message':
      return item.content.map((part) => part.text).join('\n\n');
    case 'widget':
      return (
        item.copy_text ||
        widgetWords(item.widget)
          .map(({ text }) => text)
          .join('\n\n')
      );
    case 'structured_input':
      return item.inputs.map(({ question }) => readText(question) ?? '').join('\n');
    case 'other':
      return item.text;
    default:
      return '';
  }
}
