import type { ChatKitOptions } from '@openai/chatkit';
import type { TemplateResult } from 'lit';
import type { Composer } from '../../components/composer/composer';
import type { ChatActions } from '../../components/view';
import type { Strings } from '../../locales/locales';
import type { FeedbackKind } from '../../protocol/requests';
import type { Failure } from '../../thread/state';
import type { ChatKitClient } from '../../transport/client';

/** What the chat lends to the parts that draw answers. It is the same object as long as the chat lives. */
export interface AnswerKit {
  /** These three are as they are now, at every reading. */
  readonly options: ChatKitOptions;
  readonly strings: Strings;
  readonly locale: string;
  icon(name: string): TemplateResult;
  /** Markdown as elements. */
  prose(text: string, growing: boolean): unknown;
  /** The address to put on a link, or null when it may not be followed. */
  href(address: string): string | null;
  /** Tells the server what the user thinks of these items; rejects when it could not be told. */
  rate(itemIds: string[], kind: FeedbackKind): Promise<void>;
  /** What the user can do. */
  readonly actions: Pick<ChatActions, 'answerCall' | 'reply' | 'stop'>;
  root(): ParentNode;
  readonly composer: Pick<Composer, 'insertText' | 'writing' | 'focusGently'>;
  readonly client: Pick<ChatKitClient, 'ask'>;
  /** What to say of an error of the client. */
  describe(error: unknown): Failure;
  /** Tells the page. */
  report(error: unknown): void;
  /** Has it read out. */
  announce(words: string): void;
  /** The actions under the answers have changed. */
  redraw(): void;
}
