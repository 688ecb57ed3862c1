import type { ChatKitEvents, ChatKitOptions } from '@openai/chatkit';
import type { ThreadEvent } from '../protocol/events';
import type { UserMessage } from '../protocol/items';
import {
  addUserMessage,
  type ChatKitRequest,
  type CustomAction,
  createThread,
  customAction,
  type FeedbackKind,
  retryAfterItem,
  sendFeedback,
  type UserInput,
} from '../protocol/requests';
import type { ChatKitClient } from '../transport/client';
import type { Sign, Surroundings } from '../transport/surroundings';
import { isTooLate } from './client-tools';
import { describeFailure, toError } from './failure';
import { freshKey } from './fresh-key';
import { type HistoryHost, ThreadHistory } from './history-controller';
import { fetchNewest, fetchOlder } from './load';
import { type ChatEvent, reduce } from './reducer';
import { Responses, type ResponsesHost } from './responses';
import { type ChatState, EMPTY_CHAT, type Failure, findQuestion, findUndelivered } from './state';
import { readUserInput, type SendParams, unconfirmedMessage } from './user-input';

export type Emit = <K extends keyof ChatKitEvents>(
  type: K,
  detail: ChatKitEvents[K]['detail'],
) => void;

/** What the element lends to the controller. */
export interface ControllerHost {
  client: ChatKitClient;
  surroundings: Surroundings;
  emit: Emit;
  /** The state was replaced; `streaming` when by one of many events of a response. */
  changed(streaming: boolean): void;
  /** A message that did not get through and shall not be lost. */
  giveBack(message: UserMessage): void;
  clientTool(): ChatKitOptions['onClientTool'];
}

/** A message as it was sent: sent again it is the same request, and to the server the same message. */
interface Sent {
  input: UserInput;
  request: ChatKitRequest;
  key: string;
}

/** Carries out what the user and the page ask for: messages and threads, events into state. */
export class ChatController implements HistoryHost, ResponsesHost {
  state: ChatState = EMPTY_CHAT;
  readonly history: ThreadHistory;
  readonly #responses: Responses;
  /** Ends what is read for the thread on screen, once another is or none. */
  #reads = new AbortController();
  #wantedThread: string | null = null;
  #announcedThread: string | null = null;
  #unsent: Sent | null = null;
  #untilIdle: Array<() => void> = [];

  constructor(private readonly host: ControllerHost) {
    this.history = new ThreadHistory(host.client, this);
    this.#responses = new Responses(host, this);
  }

  get activeThreadId(): string | null {
    return this.state.thread?.id ?? null;
  }

  /** The thread the user is in or on the way to. */
  get wantedThreadId(): string | null {
    return this.#wantedThread;
  }

  get busy(): string | null {
    if (this.state.phase === 'responding') return 'already responding';
    return this.state.phase === 'loading' ? 'thread is loading' : null;
  }

  refuseWhenBusy(method: string): void {
    if (this.busy) throw new Error(`ChatKit: ${method}() ignored - ${this.busy}.`);
  }

  /** A run of a server that knows runs goes on without us: such an answer may be left. */
  refuseToLeave(method: string): void {
    if (!this.#responses.survivesLeaving) this.refuseWhenBusy(method);
  }

  // Messages

  /** Resolves once the server has accepted the message; rejects when it was refused. */
  async send(params: SendParams): Promise<void> {
    this.refuseWhenBusy('sendUserMessage');
    const input = readUserInput(params);
    if (params.newThread) this.newThread();
    this.host.emit('chatkit.log', { name: 'composer.submit', data: { text: input.content } });
    const threadId = this.activeThreadId;
    const request = threadId ? addUserMessage(threadId, input) : createThread(input);
    return this.#deliver({ input, request, key: freshKey() });
  }

  /** Sends the message again that did not get through. */
  resend(): Promise<void> {
    const unsent = this.#unsent;
    if (!unsent || this.busy) return Promise.resolve();
    this.dispatch({ type: 'message.withdrawn' });
    return this.#deliver(unsent);
  }

  /** Takes the message that did not get through back into the composer. */
  editUnsent(): void {
    const unsent = findUndelivered(this.state.entries);
    this.dispatch({ type: 'message.withdrawn' });
    if (unsent?.item.type === 'user_message') this.host.giveBack(unsent.item);
  }

  /** Asks for a new answer to the question before `entryKey` (default: the last question). */
  async regenerate(entryKey?: string): Promise<void> {
    const { entries, thread } = this.state;
    const index = entries.findIndex((entry) => entry.key === entryKey);
    const question = findQuestion(entries, index < 0 ? undefined : index);
    if (!question || !thread || this.busy) return;
    this.dispatch({ type: 'response.requested', dropAfter: question.item.id });
    return this.#responses.ask(
      retryAfterItem(thread.id, question.item.id),
      freshKey(),
      'regenerate',
    );
  }

  async sendCustomAction(action: CustomAction, itemId?: string): Promise<void> {
    this.refuseWhenBusy('sendCustomAction');
    const threadId = this.activeThreadId;
    if (!threadId) throw new Error('ChatKit: sendCustomAction() ignored - no active thread.');
    this.dispatch({ type: 'response.requested' });
    return this.#responses.ask(customAction(threadId, action, itemId), freshKey(), null);
  }

  /** Tells the server what the user thinks of these items; rejects when it could not be told. */
  async rate(itemIds: string[], kind: FeedbackKind): Promise<void> {
    const threadId = this.activeThreadId;
    if (!threadId) return;
    const { signal } = new AbortController();
    await this.host.client.ask(sendFeedback(threadId, itemIds, kind), signal).catch((error) => {
      this.report(error);
      throw error;
    });
  }

  stop(): void {
    this.#responses.stop();
  }

  /** Resolves once the answer has ended; rejects when there is none, or it may not be stopped. */
  stopForPage(): Promise<void> {
    const refuse = (reason: string) =>
      Promise.reject(new Error(`ChatKit: stop() ignored - ${reason}.`));
    if (this.state.phase !== 'responding') return refuse('nothing is being answered');
    if (!this.state.allowCancel) return refuse('the server does not allow it');
    const ended = new Promise<void>((resolve) => this.#untilIdle.push(resolve));
    this.stop();
    return ended.then(() => {
      if (this.state.failure?.code === 'stop_failed') {
        throw new Error('ChatKit: stop() failed - the server could not be told.');
      }
    });
  }

  /** Gives the tool call that waits its result: that of its tool, or the one given. */
  answerCall(instead?: object): void {
    if (!this.busy) this.#responses.answerCall(instead);
  }

  /** Sends the user's answers to the server's questions. Rejects when it does not take them. */
  async reply(request: ChatKitRequest, key: string): Promise<void> {
    if (this.busy) return;
    this.dispatch({ type: 'response.requested' });
    try {
      await this.#responses.ask(request, key, 'reload');
    } catch (error) {
      if (isTooLate(error)) await this.#seeOthers();
      throw error;
    }
  }

  /** What was answered elsewhere is seen, beside the reason why this answer came to nothing. */
  async #seeOthers(): Promise<void> {
    const { failure } = this.state;
    await this.refresh();
    if (failure && !this.busy) this.dispatch({ type: 'request.failed', failure });
  }

  /** Goes on with an answer whose connection could not be brought back. */
  reconnect(): void {
    if (this.busy || this.#responses.reconnect()) return;
    this.refresh().catch((error) => this.#showFailure(error, 'reconnect'));
  }

  // Threads

  newThread(): void {
    this.abandon();
    this.#wantedThread = null;
    this.dispatch({ type: 'chat.cleared' });
    this.#announce(null);
  }

  /** Rejects when the thread cannot be loaded; the view then offers to try again. */
  async open(threadId: string): Promise<void> {
    this.abandon();
    const { signal } = this.#reads;
    this.#wantedThread = threadId;
    this.dispatch({ type: 'load.started' });
    this.host.emit('chatkit.thread.load.start', { threadId });
    try {
      const { thread, newest, runId } = await fetchNewest(this.host.client, threadId, signal);
      if (signal.aborted) return;
      this.dispatch({ type: 'load.finished', thread, newest });
      this.#announce(thread.id);
      this.host.emit('chatkit.thread.load.end', { threadId });
      this.#goOn(runId);
    } catch (error) {
      if (signal.aborted) return;
      this.dispatch({ type: 'request.failed', failure: describeFailure(error, 'reload') });
      this.#announce(null);
      this.report(error);
      this.host.emit('chatkit.thread.load.end', { threadId });
      throw error;
    }
  }

  reload(): Promise<void> {
    return this.#wantedThread ? this.open(this.#wantedThread) : Promise.resolve();
  }

  /** Reads the thread again without clearing the view, and follows the run that goes on in it. */
  async refresh(): Promise<void> {
    const threadId = this.activeThreadId;
    if (!threadId) return;
    const { signal } = this.#reads;
    try {
      const { thread, newest, runId } = await fetchNewest(this.host.client, threadId, signal);
      if (this.busy || signal.aborted) return;
      this.dispatch({ type: 'thread.refreshed', thread, newest });
      this.history.changed(thread);
      this.#goOn(runId);
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  #goOn(runId: string | null): void {
    if (runId) this.#responses.follow(runId);
    else this.#responses.returnToCall();
  }

  async loadOlder(): Promise<void> {
    const { older, thread } = this.state;
    if (!thread || !older.hasMore || older.status === 'loading') return;
    const { signal } = this.#reads;
    this.dispatch({ type: 'older.requested' });
    try {
      const page = await fetchOlder(this.host.client, thread.id, older.after, signal);
      if (!signal.aborted) this.dispatch({ type: 'older.finished', page });
    } catch (error) {
      const left = signal.aborted;
      if (this.activeThreadId === thread.id) this.dispatch({ type: 'older.failed', left });
      if (!left) this.report(error);
    }
  }

  /** Drops what is under way in the thread on screen. */
  abandon(): boolean {
    this.#reads.abort();
    this.#reads = new AbortController();
    return this.#responses.leave();
  }

  /** The chat is no longer on screen: nothing goes on. True when something was cut. */
  leave(): boolean {
    const loading = this.state.phase === 'loading';
    const listing = this.history.abandon();
    return this.abandon() || loading || listing;
  }

  /** It is on screen again: goes on with what was cut. */
  returned(): void {
    this.history.returned();
    if (this.state.phase === 'loading') this.reload().catch(() => {});
    else if (this.activeThreadId) this.refresh().catch((error) => this.report(error));
    else this.reconnect();
  }

  /** Keeps up with what happens to the thread elsewhere; returns what ends that. */
  attend(): () => void {
    return this.host.surroundings.listen((sign) => this.#wake(sign));
  }

  // Shared with the history

  dispatch(event: ChatEvent): void {
    const next = reduce(this.state, event);
    if (next === this.state) return;
    this.state = next;
    if (next.phase !== 'responding') for (const tell of this.#untilIdle.splice(0)) tell();
    this.host.changed(event.type === 'stream');
  }

  changed(): void {
    this.host.changed(false);
  }

  report(error: unknown): void {
    this.host.emit('chatkit.error', { error: toError(error) });
  }

  announceHistory(open: boolean): void {
    this.host.emit(open ? 'chatkit.history.open' : 'chatkit.history.close', undefined);
  }

  #deliver(sent: Sent): Promise<void> {
    this.#unsent = sent;
    this.dispatch({ type: 'message.sent', item: unconfirmedMessage(sent.input) });
    return this.#responses.ask(sent.request, sent.key, 'regenerate');
  }

  // Shared with the response in flight

  threadArrived(event: ThreadEvent): void {
    const { id } = event.thread;
    if (event.type !== 'thread.created') this.history.changed(event.thread);
    if (event.type === 'thread.updated' || this.activeThreadId !== id) return;
    this.#wantedThread = id;
    this.#announce(id);
  }

  threadBusy(runId: string): void {
    const threadId = this.activeThreadId;
    // What was said before that run may be new here as well. It is the run that must be seen.
    this.refresh().catch(() => {
      if (this.activeThreadId === threadId && !this.busy) this.#responses.follow(runId);
    });
  }

  runGone(): void {
    this.refresh().catch((error) => this.#showFailure(error, 'reload'));
  }

  /**
   * The user looks again, or the network is back. Another tab may have gone on with the thread; on
   * a plain server nothing is asked, for it could not say that an answer is under way.
   */
  #wake(sign: Sign): void {
    const { failure } = this.state;
    if (this.busy) return;
    if (failure?.remedy === 'reconnect') this.reconnect();
    else if (sign === 'visible' && !failure && this.host.client.knowsRuns) this.#refreshQuietly();
  }

  #refreshQuietly(): void {
    this.refresh().catch((error) => {
      const data = { message: toError(error).message };
      this.host.emit('chatkit.log', { name: 'refresh.failed', data });
    });
  }

  #showFailure(error: unknown, remedy: Failure['remedy']): void {
    this.dispatch({ type: 'request.failed', failure: describeFailure(error, remedy) });
    this.report(error);
  }

  #announce(threadId: string | null): void {
    if (this.#announcedThread === threadId) return;
    this.#announcedThread = threadId;
    this.host.emit('chatkit.thread.change', { threadId });
  }
}
