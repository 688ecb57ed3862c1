import { deleteThread, listThreads, renameThread } from '../protocol/requests';
import { readPage, readThread, type Thread } from '../protocol/threads';
import { ApiError, type ChatKitClient } from '../transport/client';
import { describeFailure } from './failure';
import { CLOSED_HISTORY, type HistoryEvent, type HistoryState, reduceHistory } from './history';
import type { ChatEvent } from './reducer';

/** What the history needs of the chat beside it. */
export interface HistoryHost {
  readonly activeThreadId: string | null;
  dispatch(event: ChatEvent): void;
  changed(): void;
  report(error: unknown): void;
  announceHistory(open: boolean): void;
  newThread(): void;
}

const PAGE_SIZE = 30;

/** Past threads: list, rename, delete. */
export class ThreadHistory {
  state: HistoryState = CLOSED_HISTORY;
  #request: AbortController | null = null;

  constructor(
    private readonly client: ChatKitClient,
    private readonly host: HistoryHost,
  ) {}

  show(): void {
    if (this.state.open) return;
    this.#dispatch({ type: 'opened' });
    this.host.announceHistory(true);
    void this.load(true);
  }

  hide(): void {
    if (!this.state.open) return;
    this.#request?.abort();
    this.#dispatch({ type: 'closed' });
    this.host.announceHistory(false);
  }

  /** Ends a request for the list. True when there was one. */
  abandon(): boolean {
    this.#request?.abort();
    return this.state.status === 'loading';
  }

  returned(): void {
    if (this.state.open) void this.load(true);
  }

  /** Loads the first page anew, or the one after those on screen. */
  async load(first: boolean): Promise<void> {
    if (!first && (this.state.status === 'loading' || !this.state.hasMore)) return;
    this.#request?.abort();
    const request = new AbortController();
    this.#request = request;
    this.#dispatch({ type: 'requested' });
    const after = first || !this.state.after ? {} : { after: this.state.after };
    try {
      const reply = await this.client.ask(
        listThreads({ limit: PAGE_SIZE, ...after }),
        request.signal,
      );
      if (this.#request !== request) return;
      this.#dispatch({ type: 'page', page: readPage(reply, readThread), first });
    } catch (error) {
      if (this.#request !== request || request.signal.aborted) return;
      this.#fail(error);
    }
  }

  async rename(thread: Thread, title: string): Promise<void> {
    const wanted = title.trim();
    if (!wanted || wanted === thread.title) return;
    this.#applyTitle(thread, wanted);
    try {
      await this.client.ask(renameThread(thread.id, wanted), new AbortController().signal);
    } catch (error) {
      this.#applyTitle(thread, thread.title ?? '');
      this.#fail(error);
    }
  }

  /** Gone from the list at once, and back in its place should the server refuse. */
  async delete(thread: Thread): Promise<void> {
    const index = this.state.threads.findIndex(({ id }) => id === thread.id);
    this.#dispatch({ type: 'removed', threadId: thread.id });
    try {
      await this.client.ask(deleteThread(thread.id), new AbortController().signal);
    } catch (error) {
      // What is gone already need not be deleted.
      if (!(error instanceof ApiError && error.status === 404)) {
        this.#dispatch({ type: 'restored', thread, index });
        this.#fail(error);
        return;
      }
    }
    if (this.host.activeThreadId === thread.id) this.host.newThread();
  }

  changed(thread: Thread): void {
    this.#dispatch({ type: 'changed', thread });
  }

  #applyTitle(thread: Thread, title: string): void {
    this.#dispatch({ type: 'changed', thread: { ...thread, title } });
    this.host.dispatch({ type: 'thread.renamed', threadId: thread.id, title });
  }

  #fail(error: unknown): void {
    this.#dispatch({ type: 'failed', message: describeFailure(error, null).message });
    this.host.report(error);
  }

  #dispatch(event: HistoryEvent): void {
    this.state = reduceHistory(this.state, event);
    this.host.changed();
  }
}
