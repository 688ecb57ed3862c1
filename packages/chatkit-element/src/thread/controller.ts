import type { ChatKitEvents, ChatKitOptions } from '@openai/chatkit';
import { readEvent, type ThreadStreamEvent } from '../protocol/events';
import type { ClientToolCall } from '../protocol/items';
import { isObject } from '../protocol/json';
import {
  addClientToolOutput,
  addUserMessage,
  type ChatKitRequest,
  type CustomAction,
  createThread,
  customAction,
  retryAfterItem,
  type UserInput,
} from '../protocol/requests';
import type { ChatKitClient } from '../transport/client';
import { describeFailure, toError } from './failure';
import { type HistoryHost, ThreadHistory } from './history-controller';
import { fetchNewest, fetchOlder } from './load';
import { type ChatEvent, reduce } from './reducer';
import {
  type ChatState,
  EMPTY_CHAT,
  type Failure,
  findQuestion,
  findUndelivered,
  messageText,
} from './state';
import { readUserInput, type SendParams, unconfirmedMessage } from './user-input';

export type Emit = <K extends keyof ChatKitEvents>(
  type: K,
  detail: ChatKitEvents[K]['detail'],
) => void;

/** What the element lends to the controller. */
export interface ControllerHost {
  client: ChatKitClient;
  emit: Emit;
  /** The state was replaced; `streaming` when by one of many events of a response. */
  changed(streaming: boolean): void;
  /** Words the user typed that did not get through and shall not be lost. */
  giveBack(text: string): void;
  clientTool(): ChatKitOptions['onClientTool'];
}

/** Carries out what the user and the page ask for: one request at a time, events into state. */
export class ChatController implements HistoryHost {
  state: ChatState = EMPTY_CHAT;
  readonly history: ThreadHistory;
  /** The response in flight; a stream whose controller is not this one is no longer heard. */
  #run: AbortController | null = null;
  #started = false;
  #load: AbortController | null = null;
  #wantedThread: string | null = null;
  #announcedThread: string | null = null;
  #unsent: UserInput | null = null;
  #answeredTools = new Set<string>();

  constructor(private readonly host: ControllerHost) {
    this.history = new ThreadHistory(host.client, this);
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

  // Messages

  /** Resolves once the server has accepted the message; rejects when it was refused. */
  async send(params: SendParams): Promise<void> {
    this.refuseWhenBusy('sendUserMessage');
    const input = readUserInput(params);
    if (params.newThread) this.newThread();
    this.host.emit('chatkit.log', { name: 'composer.submit', data: { text: input.content } });
    return this.#deliver(input);
  }

  /** Sends the message again that did not get through. */
  resend(): Promise<void> {
    const input = this.#unsent;
    if (!input || this.busy) return Promise.resolve();
    this.dispatch({ type: 'message.withdrawn' });
    return this.#deliver(input);
  }

  /** Takes the message that did not get through back into the composer. */
  editUnsent(): void {
    const unsent = findUndelivered(this.state.entries);
    this.dispatch({ type: 'message.withdrawn' });
    if (unsent) this.host.giveBack(messageText(unsent.item));
  }

  /** Asks for a new answer to the question before `entryKey` (default: the last question). */
  async regenerate(entryKey?: string): Promise<void> {
    const { entries, thread } = this.state;
    const index = entries.findIndex((entry) => entry.key === entryKey);
    const question = findQuestion(entries, index < 0 ? undefined : index);
    if (!question || !thread || this.busy) return;
    this.dispatch({ type: 'response.requested', dropAfter: question.item.id });
    return this.#respond(retryAfterItem(thread.id, question.item.id));
  }

  async sendCustomAction(action: CustomAction, itemId?: string): Promise<void> {
    const threadId = this.activeThreadId;
    if (!threadId) throw new Error('ChatKit: sendCustomAction() ignored - no active thread.');
    this.refuseWhenBusy('sendCustomAction');
    this.dispatch({ type: 'response.requested' });
    return this.#respond(customAction(threadId, action, itemId), null);
  }

  /** Ends the response in flight; what has arrived stays. */
  stop(): void {
    const run = this.#run;
    if (!run) return;
    const unconfirmed = this.state.entries.some((entry) => entry.status === 'sending');
    run.abort();
    this.#end(run);
    if (unconfirmed) this.editUnsent();
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
    const load = new AbortController();
    this.#load = load;
    this.#wantedThread = threadId;
    this.dispatch({ type: 'load.started' });
    this.host.emit('chatkit.thread.load.start', { threadId });
    try {
      const { thread, newest } = await fetchNewest(this.host.client, threadId, load.signal);
      if (this.#load !== load) return;
      this.dispatch({ type: 'load.finished', thread, newest });
      this.#announce(thread.id);
      this.host.emit('chatkit.thread.load.end', { threadId });
    } catch (error) {
      if (this.#load !== load) return;
      this.dispatch({ type: 'request.failed', failure: describeFailure(error, 'reload') });
      this.#announce(null);
      this.host.emit('chatkit.error', { error: toError(error) });
      this.host.emit('chatkit.thread.load.end', { threadId });
      throw error;
    } finally {
      if (this.#load === load) this.#load = null;
    }
  }

  reload(): Promise<void> {
    return this.#wantedThread ? this.open(this.#wantedThread) : Promise.resolve();
  }

  /** Reads the thread again without clearing the view. */
  async refresh(): Promise<void> {
    const threadId = this.activeThreadId;
    if (!threadId) return;
    const { signal } = new AbortController();
    const { thread, newest } = await fetchNewest(this.host.client, threadId, signal);
    if (this.busy) return;
    this.dispatch({ type: 'thread.refreshed', thread, newest });
    this.history.changed(thread);
  }

  async loadOlder(): Promise<void> {
    const { older, thread } = this.state;
    if (!thread || !older.hasMore || older.status === 'loading') return;
    this.dispatch({ type: 'older.requested' });
    try {
      const page = await fetchOlder(this.host.client, thread.id, older.after);
      if (this.activeThreadId === thread.id) this.dispatch({ type: 'older.finished', page });
    } catch (error) {
      if (this.activeThreadId === thread.id) this.dispatch({ type: 'older.failed' });
      this.report(error);
    }
  }

  /** Drops whatever is under way. True when a response was cut. */
  abandon(): boolean {
    this.#load?.abort();
    this.#load = null;
    const run = this.#run;
    run?.abort();
    if (run) this.#end(run);
    return run !== null;
  }

  // Shared with the history

  dispatch(event: ChatEvent): void {
    const next = reduce(this.state, event);
    if (next === this.state) return;
    this.state = next;
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

  // One response

  #deliver(input: UserInput): Promise<void> {
    this.#unsent = input;
    const threadId = this.activeThreadId;
    this.dispatch({ type: 'message.sent', item: unconfirmedMessage(input) });
    return this.#respond(threadId ? addUserMessage(threadId, input) : createThread(input));
  }

  async #respond(request: ChatKitRequest, remedy: Failure['remedy'] = 'regenerate'): Promise<void> {
    const run = new AbortController();
    this.#run = run;
    this.#started = false;
    try {
      const events = await this.host.client.stream(request, run.signal);
      void this.#consume(run, events, remedy);
    } catch (error) {
      if (this.#fail(run, error, remedy)) throw error;
    }
  }

  async #consume(
    run: AbortController,
    events: AsyncIterable<unknown>,
    remedy: Failure['remedy'],
  ): Promise<void> {
    try {
      let stream: AsyncIterable<unknown> | null = events;
      while (stream) {
        for await (const value of stream) {
          if (this.#run !== run) return;
          this.#receive(value);
        }
        stream = this.#run === run ? await this.#answerClientTool(run) : null;
      }
      this.#end(run);
    } catch (error) {
      this.#fail(run, error, remedy);
    }
  }

  #receive(value: unknown): void {
    const event = readEvent(value);
    if (!event) {
      const type = isObject(value) ? value.type : undefined;
      this.host.emit('chatkit.log', { name: 'event.skipped', data: { type } });
      return;
    }
    if (!this.#started && isFromAssistant(event)) {
      this.#started = true;
      this.host.emit('chatkit.response.start', undefined);
    }
    this.dispatch({ type: 'stream', event });
    switch (event.type) {
      case 'thread.created':
        this.#wantedThread = event.thread.id;
        this.#announce(event.thread.id);
        break;
      case 'thread.updated':
        this.history.changed(event.thread);
        break;
      case 'client_effect': {
        const { name, data } = event;
        this.host.emit('chatkit.effect', data ? { name, data } : { name });
        break;
      }
      case 'error':
        this.report(new Error(event.message ?? event.code));
        break;
    }
  }

  /** A response may end by asking the page for something; the answer continues it. */
  async #answerClientTool(run: AbortController): Promise<AsyncIterable<unknown> | null> {
    const call = this.state.entries.at(-1)?.item;
    const threadId = this.activeThreadId;
    if (!threadId || call?.type !== 'client_tool_call' || call.status !== 'pending') return null;
    if (this.#answeredTools.has(call.id)) return null;
    this.#answeredTools.add(call.id);
    const result = await this.#runClientTool(call);
    if (this.#run !== run) return null;
    return this.host.client.stream(addClientToolOutput(threadId, result), run.signal);
  }

  async #runClientTool(call: ClientToolCall): Promise<unknown> {
    const tool = this.host.clientTool();
    try {
      if (!tool) throw new Error('This page offers no client tools.');
      return (await tool({ name: call.name, params: call.arguments })) ?? {};
    } catch (error) {
      this.report(error);
      return { error: toError(error).message };
    }
  }

  #end(run: AbortController): void {
    if (this.#run !== run) return;
    this.#run = null;
    this.dispatch({ type: 'response.finished' });
    this.#announceEnd();
  }

  /** False when the failure is only the echo of our own abort. */
  #fail(run: AbortController, error: unknown, remedy: Failure['remedy']): boolean {
    if (this.#run !== run) return false;
    this.#run = null;
    const unsent = this.state.entries.some((entry) => entry.status === 'sending');
    const failure = describeFailure(error, unsent ? 'resend' : remedy);
    this.dispatch({ type: 'request.failed', failure });
    this.report(error);
    this.#announceEnd();
    return true;
  }

  #announceEnd(): void {
    if (!this.#started) return;
    this.#started = false;
    this.host.emit('chatkit.response.end', undefined);
  }

  #announce(threadId: string | null): void {
    if (this.#announcedThread === threadId) return;
    this.#announcedThread = threadId;
    this.host.emit('chatkit.thread.change', { threadId });
  }
}

function isFromAssistant(event: ThreadStreamEvent): boolean {
  if (event.type === 'thread.created' || event.type === 'thread.updated') return false;
  return !('item' in event && event.item.type === 'user_message');
}
