import type { Strings } from '../locales/locales';
import type { MarkdownContext } from '../markdown/markdown';
import type { ExtendedOptions } from '../options/extended';
import type { ChatKitRequest, FeedbackKind } from '../protocol/requests';
import type { Thread } from '../protocol/threads';
import type { HistoryState } from '../thread/history';
import type { ChatState } from '../thread/state';
import type { SendParams } from '../thread/user-input';
import type { Attachments } from './attachments/attachments';
import type { Entities } from './entities/entities';
import type { NearTurns } from './message-list/near-turns';
import type { Quoting } from './quote/quoting';
import type { AnswerParts } from './thread-item/answer-parts';

/** What every component draws from; built anew for each rendering. */
export interface ChatView {
  state: ChatState;
  history: HistoryState;
  options: ExtendedOptions;
  /** Of the chat's title. */
  headingLevel: number;
  /** For numbers and dates: that of the words. */
  locale: string;
  strings: Strings;
  markdown: MarkdownContext;
  answers: AnswerParts;
  actions: ChatActions;
  attachments: Pick<Attachments, 'sent' | 'version'>;
  entities: Pick<Entities, 'live' | 'mention' | 'met'>;
  quoting: Pick<Quoting, 'begin'>;
  near: NearTurns['of'];
}

/** What the user can do. Nothing here rejects but `rate`: failures show where they happen. */
export interface ChatActions {
  send(params: SendParams): void;
  stop(): void;
  resend(): void;
  editUnsent(): void;
  regenerate(entryKey?: string): void;
  rate(itemIds: string[], kind: FeedbackKind): Promise<void>;
  reconnect(): void;
  answerCall(instead?: object): void;
  reply(request: ChatKitRequest, key: string): void;
  reload(): void;
  loadOlder(): void;
  newChat(): void;
  openThread(threadId: string): void;
  dismissNotice(key: string): void;
  showHistory(): void;
  hideHistory(): void;
  moreHistory(): void;
  reloadHistory(): void;
  renameThread(thread: Thread, title: string): void;
  deleteThread(thread: Thread): void;
}
