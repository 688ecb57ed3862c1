import { readEvent, type ThreadEvent, type ThreadStreamEvent } from '../protocol/events';
import type { ClientToolCall } from '../protocol/items';
import { isObject } from '../protocol/json';
import { addClientToolOutput, type ChatKitRequest, resumable, stopRun } from '../protocol/requests';
import {
  ApiError,
  type ChatKitClient,
  type RunPosition,
  type StreamReply,
} from '../transport/client';
import { BrokenStream, readEventStream } from '../transport/event-stream';
import { RunFollower } from '../transport/run-follower';
import type { Surroundings } from '../transport/surroundings';
import { ClientTools, isTooLate, pendingCall } from './client-tools';
import type { ControllerHost, Emit } from './controller';
import { describeFailure } from './failure';
import { freshKey } from './fresh-key';
import { type InFlight, isFromAssistant, isMissing, newResponse, remedyOf } from './in-flight';
import type { ChatEvent } from './reducer';
import type { ChatState, Failure } from './state';

/** The server's end of a stopped run is waited for so long, in ms. */
const STOP_LIMIT = 3_000;

/** What the responses need of the chat they belong to. */
export interface ResponsesHost {
  readonly state: ChatState;
  dispatch(event: ChatEvent): void;
  report(error: unknown): void;
  /** The thread of the response exists, or is another one than before. */
  threadArrived(event: ThreadEvent): void;
  /** Gives the words back that did not get through. */
  editUnsent(): void;
  /** Another run of the thread stands in the way. */
  threadBusy(runId: string): void;
  /** The run is gone: only the thread itself can tell what became of it. */
  runGone(): void;
}

/** One response at a time: asks for it or follows its run, hands its events on, stops it. */
export class Responses {
  /** A response that is not this one is no longer heard. */
  #current: InFlight | null = null;
  /** Where a run was left that goes on without us. */
  #left: RunPosition | null = null;
  /** The call whose tool was at work when the chat was left. */
  #leftCall: string | undefined;
  /** Runs this page asked for: it calls its tools for them, and leaves those of other tabs alone. */
  readonly #asked = new Set<string>();
  readonly #client: ChatKitClient;
  readonly #world: Surroundings;
  readonly #emit: Emit;
  readonly #tools: ClientTools;

  constructor(
    { client, surroundings, emit, clientTool }: ControllerHost,
    private readonly host: ResponsesHost,
  ) {
    this.#client = client;
    this.#world = surroundings;
    this.#emit = emit;
    this.#tools = new ClientTools({ clientTool, report: (error) => host.report(error) });
  }

  /** Whether leaving the response in flight does not end it. */
  get survivesLeaving(): boolean {
    return this.#current?.position != null;
  }

  /** Resolves once the server has accepted the request; rejects when it was refused. */
  async ask(request: ChatKitRequest, key: string, remedy: Failure['remedy']): Promise<void> {
    const response = this.#begin(remedy, null);
    try {
      const reply = await this.#client.stream(resumable(request, key), response.abort.signal);
      void this.#consume(response, reply);
    } catch (error) {
      if (this.#fail(response, error)) throw error;
    }
  }

  /** Shows a run that was asked for elsewhere or before, from its start. */
  follow(runId: string): void {
    this.#join({ runId, last: 0 }, true);
  }

  /** Goes on where a run was lost. False when there is none. */
  reconnect(): boolean {
    const left = this.#left;
    if (left) this.#join(left, false);
    return left !== null;
  }

  /** Gives the call that waits its result: that of its tool, or the one given. */
  answerCall(instead?: object): void {
    const call = pendingCall(this.host.state);
    if (!call || this.#current) return;
    const response = this.#begin('tool', null);
    this.host.dispatch({ type: 'response.requested' });
    response.started = true;
    this.#emit('chatkit.response.start', undefined);
    void this.#consume(response, null, () =>
      this.#giveResult(response, call, instead ?? this.#tools.result(call)),
    );
  }

  /** The chat is back: goes on with a tool that was started before it was left. */
  returnToCall(): void {
    const call = pendingCall(this.host.state);
    if (call && call.id === this.#leftCall) this.answerCall();
  }

  /** Ends the response in flight; what has arrived stays. */
  stop(): void {
    const response = this.#current;
    if (!response || response.callOffStop) return;
    const mayBeRun = response.step === 'requested' && this.#client.knowsRuns;
    if (!response.position && !mayBeRun) {
      this.#cutShort(response);
      return;
    }
    response.callOffStop = this.#world.after(STOP_LIMIT, () => this.#cutShort(response));
    this.host.dispatch({ type: 'stop.requested' });
    void this.#askToStop(response);
  }

  /** Leaves the response in flight: on a plain server that ends it. False when there was none. */
  leave(): boolean {
    const response = this.#current;
    this.#left = response?.position ?? null;
    this.#leftCall = response?.call?.id ?? this.#leftCall;
    response?.abort.abort();
    if (response) this.#end(response, !response.position && this.#hasUnconfirmed);
    return response !== null;
  }

  #begin(remedy: Failure['remedy'], position: RunPosition | null): InFlight {
    this.#left = null;
    this.#leftCall = undefined;
    this.#current = newResponse(remedy, position);
    return this.#current;
  }

  #join(position: RunPosition, fromStart: boolean): void {
    const response = this.#begin('reconnect', position);
    this.host.dispatch({ type: 'response.joined', fromStart });
    void this.#consume(response, null);
  }

  /** `reply`: the answer to our request; null when a run is followed, or `ask` has yet to ask. */
  async #consume(
    response: InFlight,
    reply: StreamReply | null,
    ask?: () => Promise<StreamReply | null>,
  ): Promise<void> {
    try {
      if (reply) this.#accepted(response, reply.runId);
      let next = ask ? await ask() : reply;
      if (ask && !next) return;
      do {
        for await (const value of this.#events(response, next)) {
          if (this.#current !== response) return;
          this.#receive(response, value);
        }
        next = this.#current === response ? await this.#answerTool(response) : null;
      } while (next);
      this.#end(response);
    } catch (error) {
      this.#fail(response, error);
    }
  }

  #accepted(response: InFlight, runId: string | null): void {
    response.step = 'reading';
    response.position = runId === null ? null : { runId, last: 0 };
    if (runId !== null) this.#asked.add(runId);
    // The stop button was pressed before there was anything to stop.
    if (!response.callOffStop) return;
    if (runId === null) this.#cutShort(response);
    else void this.#askToStop(response);
  }

  #events(response: InFlight, reply: StreamReply | null): AsyncIterable<unknown> {
    const { signal } = response.abort;
    if (!response.position) return readEventStream((reply as StreamReply).body, signal);
    const follower = new RunFollower(
      {
        client: this.#client,
        world: this.#world,
        connected: (connected) => {
          if (this.#current === response)
            this.host.dispatch({ type: 'connection.changed', connected });
        },
      },
      response.position,
      signal,
    );
    return follower.events(reply?.body);
  }

  /** A response may end by asking the page for something; the answer continues it. */
  async #answerTool(response: InFlight): Promise<StreamReply | null> {
    const { position, callOffStop } = response;
    if (callOffStop || (position && !this.#asked.has(position.runId))) return null;
    const call = pendingCall(this.host.state);
    if (!call || call.id !== response.call?.id || this.#tools.knows(call)) return null;
    return this.#giveResult(response, call, this.#tools.result(call));
  }

  /** The reply to the result; null when the response was stopped or left meanwhile. */
  async #giveResult(
    response: InFlight,
    call: ClientToolCall,
    result: unknown,
  ): Promise<StreamReply | null> {
    response.step = 'tool';
    response.position = null;
    response.call = call;
    // What the server said was about its own work: a tool of the page may never end.
    this.#happen({ type: 'stream_options', allow_cancel: true });
    const given = await result;
    if (this.#current !== response) return null;
    response.step = 'requested';
    const { signal } = response.abort;
    const reply = await this.#tools.deliver(call, given, (value) => {
      const request = addClientToolOutput(this.host.state.thread?.id ?? '', value);
      return this.#client.stream(resumable(request, freshKey()), signal);
    });
    if (this.#current !== response) return reply;
    response.call = null;
    // The server has no event for this.
    this.#happen({ type: 'thread.item.replaced', item: { ...call, status: 'completed' } });
    this.#accepted(response, reply.runId);
    return reply;
  }

  #receive(response: InFlight, value: unknown): void {
    const event = readEvent(value);
    if (!event) {
      const type = isObject(value) ? value.type : undefined;
      this.#emit('chatkit.log', { name: 'event.skipped', data: { type } });
      return;
    }
    if (!response.started && isFromAssistant(event)) {
      response.started = true;
      this.#emit('chatkit.response.start', undefined);
    }
    this.#happen(event);
    switch (event.type) {
      case 'thread.item.done':
        if (event.item.type === 'client_tool_call') response.call = event.item;
        break;
      case 'thread.created':
      case 'thread.updated':
      case 'run.reset':
        this.host.threadArrived(event);
        break;
      case 'client_effect': {
        const { name, data } = event;
        this.#emit('chatkit.effect', data ? { name, data } : { name });
        break;
      }
      case 'error':
        this.host.report(new Error(event.message ?? event.code));
        break;
    }
  }

  #happen(event: ThreadStreamEvent): void {
    this.host.dispatch({ type: 'stream', event });
  }

  async #askToStop(response: InFlight): Promise<void> {
    if (!response.position) return;
    try {
      await this.#client.ask(stopRun(response.position.runId), new AbortController().signal);
    } catch (error) {
      // A run that is gone has stopped.
      if (!isMissing(error)) this.#fail(response, error, 'stop_failed');
    }
  }

  #cutShort(response: InFlight): void {
    if (this.#current !== response) return;
    const unconfirmed = this.#hasUnconfirmed;
    response.abort.abort();
    this.#end(response);
    if (unconfirmed) this.host.editUnsent();
  }

  /** `unsent`: our message may not have got through; who comes back can send it again. */
  #end(response: InFlight, unsent = false): void {
    if (!this.#forget(response)) return;
    const failure: Failure = { code: 'not_sent', message: null, remedy: 'resend' };
    this.host.dispatch(
      unsent ? { type: 'request.failed', failure } : { type: 'response.finished' },
    );
    this.#announceEnd(response);
  }

  get #hasUnconfirmed(): boolean {
    return this.host.state.entries.some(({ status }) => status === 'sending');
  }

  /** False when the failure is only the echo of our own abort. */
  #fail(response: InFlight, error: unknown, code?: string): boolean {
    if (!this.#forget(response)) return false;
    response.abort.abort();
    const unsent = this.#hasUnconfirmed;
    const { position } = response;
    const late = response.call !== null && isTooLate(error);
    if (late && response.call) this.#tools.settle(response.call);
    const gone = late || (position !== null && isMissing(error) && !unsent);
    const goesOn = position !== null && !(error instanceof BrokenStream);
    this.#left = goesOn && !gone ? position : null;
    if (gone) {
      this.host.dispatch({ type: 'response.finished' });
    } else {
      const remedy = unsent ? 'resend' : goesOn ? 'reconnect' : remedyOf(response);
      const failure = describeFailure(error, remedy);
      const told = code ? { ...failure, code, message: null } : failure;
      this.host.dispatch({ type: 'request.failed', failure: told });
      this.host.report(error);
    }
    this.#announceEnd(response);
    if (gone) this.host.runGone();
    if (error instanceof ApiError && error.runId) this.host.threadBusy(error.runId);
    return true;
  }

  #forget(response: InFlight): boolean {
    if (this.#current !== response) return false;
    this.#current = null;
    response.callOffStop?.();
    return true;
  }

  #announceEnd(response: InFlight): void {
    if (response.started) this.#emit('chatkit.response.end', undefined);
  }
}
