import { isReset } from '../protocol/events';
import { Backoff } from './backoff';
import { ApiError, type ChatKitClient, NetworkError, type RunPosition } from './client';
import { BrokenStream, END, MessageParser, parseMessage, readSlices } from './event-stream';
import { Line } from './line';
import type { Sign, Surroundings } from './surroundings';

/** A cut shorter than this, in ms, is nobody's business. */
const NOTICEABLE = 1_000;
/** A connection that held so long, in ms, was of use even if it brought no event. */
const HELD = 3_000;
/** No attempt counts as more than this, in ms, towards giving up: the machine may have slept. */
const LONGEST_ATTEMPT = 40_000;

export interface FollowerHost {
  client: ChatKitClient;
  world: Surroundings;
  /** Told when the user should know that the connection is lost, and when it is back. */
  connected(connected: boolean): void;
}

interface Connection {
  body: ReadableStream<Uint8Array>;
  line: Line;
}

/**
 * Reads one run to its end over as many connections as that takes. `position` moves with every
 * event that was handed on, so that a follower made later can go on from there.
 */
export class RunFollower {
  readonly #backoff: Backoff;
  #line: Line | null = null;
  #endPause: ((left: boolean) => void) | null = null;
  #woken = false;
  /** The server asked to be left alone so long, in ms. */
  #askedToWait = 0;
  #callOffNotice: (() => void) | null = null;
  #noticed = false;

  constructor(
    private readonly host: FollowerHost,
    private readonly position: RunPosition,
    private readonly signal: AbortSignal,
  ) {
    this.#backoff = new Backoff(host.world.random);
  }

  /**
   * The value of each later event, each number once. `first` is the body of a response that is
   * already there. Ends when the run has ended; throws when the server refuses, when it cannot be
   * reached for minutes, when an event cannot be read, and when `signal` is aborted.
   */
  async *events(first: ReadableStream<Uint8Array> | null = null): AsyncGenerator<unknown> {
    const stopListening = this.host.world.listen((sign) => this.#hear(sign));
    const leave = () => this.#endPause?.(true);
    this.signal.addEventListener('abort', leave);
    try {
      let connection = first ? { body: first, line: this.#open() } : await this.#connect();
      while (connection) {
        if (yield* this.#read(connection)) return;
        this.#lost();
        await this.#pause();
        connection = await this.#connect();
      }
    } finally {
      stopListening();
      this.signal.removeEventListener('abort', leave);
      this.#restored();
    }
  }

  /** True when the run has ended; false when the connection was cut before. */
  async *#read({ body, line }: Connection): AsyncGenerator<unknown, boolean> {
    const parser = new MessageParser();
    let brought = false;
    try {
      for await (const text of readSlices(body, line.signal)) {
        line.heard();
        for (const part of parser.feed(text)) {
          if (part === END) return true;
          const number = readNumber(part.id);
          const value = parseMessage(part);
          const reset = isReset(value);
          if (!reset && number !== null && number <= this.position.last) continue;
          brought = true;
          yield value;
          // What follows a reset may be counted anew.
          this.position.last = number ?? (reset ? 0 : this.position.last);
        }
      }
    } catch (error) {
      if (error instanceof BrokenStream || this.signal.aborted) throw error;
    } finally {
      this.#close(line);
      if (brought || line.age >= HELD) this.#backoff.restart();
    }
    return false;
  }

  /** The run's later events; null when there are none and will be none. Tries until it gives up. */
  async #connect(): Promise<Connection | null> {
    for (;;) {
      const line = this.#open();
      try {
        const body = await this.host.client.follow(this.position, line.signal);
        this.#backoff.answered();
        this.#restored();
        if (body) return { body, line };
        this.#close(line);
        return null;
      } catch (error) {
        this.#close(line);
        if (this.signal.aborted || !isTemporary(error)) throw error;
        this.#backoff.spent(Math.min(line.age, LONGEST_ATTEMPT));
        if (this.#backoff.exhausted) throw readableError(error);
        this.#askedToWait = error instanceof ApiError ? error.retryAfter : 0;
      }
      this.#lost();
      await this.#pause();
    }
  }

  async #pause(): Promise<void> {
    const asked = this.#askedToWait;
    const wait = this.#woken && asked === 0 ? 0 : asked + this.#backoff.next();
    this.#woken = false;
    this.#askedToWait = 0;
    this.#backoff.spent(wait);
    await this.#sleep(wait, asked);
    if (this.signal.aborted) throw new DOMException('The reader has left.', 'AbortError');
  }

  /** Ends early when the reader leaves or, unless the server asked for the wait, on a sign of life. */
  #sleep(ms: number, asked: number): Promise<void> {
    if (ms === 0 || this.signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const end = () => {
        callOff();
        this.#endPause = null;
        resolve();
      };
      const callOff = this.host.world.after(ms, end);
      this.#endPause = (left) => {
        if (left || asked === 0) end();
      };
    });
  }

  #hear(sign: Sign): void {
    this.#backoff.restart();
    if (this.#line?.survives(sign)) return;
    this.#woken = this.#line !== null;
    this.#line?.cut();
    this.#endPause?.(false);
  }

  #open(): Line {
    this.#line = new Line(this.host.world, this.signal);
    return this.#line;
  }

  #close(line: Line): void {
    line.close();
    if (this.#line === line) this.#line = null;
  }

  #lost(): void {
    this.#callOffNotice ??= this.host.world.after(NOTICEABLE, () => {
      this.#noticed = true;
      this.host.connected(false);
    });
  }

  #restored(): void {
    this.#callOffNotice?.();
    this.#callOffNotice = null;
    if (!this.#noticed) return;
    this.#noticed = false;
    this.host.connected(true);
  }
}

/** Our numbers count from 1; what is not one of them does not tell where we are. */
function readNumber(id: string | undefined): number | null {
  return id !== undefined && /^[1-9]\d{0,14}$/.test(id) ? Number(id) : null;
}

/** Whether the next attempt may fare better. A reply that is no event stream comes from some proxy. */
function isTemporary(error: unknown): boolean {
  if (!(error instanceof ApiError)) return true;
  const { status, code } = error;
  return status >= 500 || code === 'invalid_reply' || [408, 425, 429].includes(status);
}

/** An attempt that we cut ourselves says nothing of why there is no answer. */
function readableError(error: unknown): Error {
  if (error instanceof ApiError) return error;
  return new NetworkError('The server could not be reached.', { cause: error });
}
