import { readText } from '../protocol/json';
import type { ChatKitRequest } from '../protocol/requests';
import { readReason } from './reason';

const RUN = 'chatkit-run';

/** A reply outside 2xx, with the server's own words when it sent any. */
export class ApiError extends Error {
  override name = 'ApiError';
  constructor(
    readonly status: number,
    readonly code: string,
    /** Empty when the server gave no reason in words. */
    readonly reason: string,
    /** The run that stands in the way, when that is why. */
    readonly runId: string | null = null,
    /** How long the server asks to be left alone, in ms; 0 when it does not say. */
    readonly retryAfter = 0,
  ) {
    super(reason || `The server answered with status ${status}.`);
  }
}

/** The request never got an answer: offline, refused, or cut by the network. */
export class NetworkError extends Error {
  override name = 'NetworkError';
}

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

export interface Endpoint {
  url: string;
  locale: string;
  /** Always the page's current function: read anew for every request. */
  fetch: Fetch;
  /** The page brought `fetch` itself: nothing may go by another way. */
  custom?: boolean;
}

/** A response of the server under way. Without `runId` its server knows no runs: it is all there is. */
export interface StreamReply {
  body: ReadableStream<Uint8Array>;
  runId: string | null;
}

/** How far a run has been read. */
export interface RunPosition {
  readonly runId: string;
  /** Number of the last event that was handed on; 0 before the first. */
  last: number;
}

/** Speaks to the one endpoint of a ChatKit server. Every request goes through `endpoint().fetch`. */
export class ChatKitClient {
  #knowsRuns = false;

  constructor(private readonly endpoint: () => Endpoint) {}

  /** Whether this server has ever spoken of runs: a plain ChatKit server never does. */
  get knowsRuns(): boolean {
    return this.#knowsRuns;
  }

  async ask(request: ChatKitRequest, signal: AbortSignal): Promise<unknown> {
    return (await this.askForRun(request, signal)).value;
  }

  /** The reply, and the run that is going on in what was asked for. */
  async askForRun(
    request: ChatKitRequest,
    signal: AbortSignal,
  ): Promise<{ value: unknown; runId: string | null }> {
    const response = await this.#post(request, signal);
    try {
      return { value: await response.json(), runId: this.#runOf(response) };
    } catch (error) {
      if (signal.aborted) throw error;
      throw new ApiError(response.status, 'invalid_reply', '');
    }
  }

  /** Resolves once the server has accepted the request; the events follow. */
  async stream(request: ChatKitRequest, signal: AbortSignal): Promise<StreamReply> {
    const response = await this.#post(request, signal);
    return { body: streamOf(response), runId: this.#runOf(response) };
  }

  /** The events of a run after `position`; null when it has ended and none are left. */
  async follow(
    position: RunPosition,
    signal: AbortSignal,
  ): Promise<ReadableStream<Uint8Array> | null> {
    const { url, locale } = this.endpoint();
    const headers: Record<string, string> = {
      Accept: 'text/event-stream',
      'Accept-Language': locale,
    };
    if (position.last > 0) headers['Last-Event-ID'] = String(position.last);
    const response = await this.#fetch(
      withRun(url, position.runId),
      { method: 'GET', headers, cache: 'no-store' },
      signal,
    );
    return response.status === 204 ? null : streamOf(response);
  }

  /** Sends a file. Where the page has no fetch of its own it goes by `way`, which may be watched. */
  upload(url: string, init: RequestInit, signal: AbortSignal, way: Fetch): Promise<Response> {
    const { locale, custom, fetch } = this.endpoint();
    const headers = { 'Accept-Language': locale, ...init.headers };
    return this.#fetch(url, { ...init, headers }, signal, custom ? fetch : way);
  }

  #post(request: ChatKitRequest, signal: AbortSignal): Promise<Response> {
    const { url, locale } = this.endpoint();
    return this.#fetch(
      url,
      {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'Accept-Language': locale },
        body: JSON.stringify(request),
      },
      signal,
    );
  }

  async #fetch(
    url: string,
    init: RequestInit,
    signal: AbortSignal,
    fetch: Fetch = this.endpoint().fetch,
  ): Promise<Response> {
    let response: Response;
    try {
      const sent = fetch(url, { ...init, credentials: 'same-origin', signal });
      response = await untilAborted(sent, signal);
    } catch (error) {
      if (signal.aborted) throw error;
      throw new NetworkError('The server could not be reached.', { cause: error });
    }
    if (!response.ok) throw await readRefusal(response);
    return response;
  }

  /** An empty header says that nothing runs there, of a server that would name it. */
  #runOf(response: Response): string | null {
    const runId = response.headers.get(RUN);
    if (runId !== null) this.#knowsRuns = true;
    return runId || null;
  }
}

/** Holds even when the page's own fetch does not pass the signal on. */
function untilAborted(response: Promise<Response>, signal: AbortSignal): Promise<Response> {
  return new Promise((resolve, reject) => {
    const leave = () => {
      reject(signal.reason);
      const drop = (late: Response) => late.body?.cancel();
      response.then(drop).catch(() => {});
    };
    if (signal.aborted) leave();
    signal.addEventListener('abort', leave);
    response.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
  });
}

function streamOf(response: Response): ReadableStream<Uint8Array> {
  const kind = response.headers.get('content-type') ?? 'text/event-stream';
  if (kind.includes('event-stream') && response.body) return response.body;
  throw new ApiError(response.status, 'invalid_reply', '');
}

/** The address as the page gave it, relative or not, with the run in its query. */
function withRun(url: string, runId: string): string {
  const address = url.split('#', 1)[0] ?? url;
  return `${address}${address.includes('?') ? '&' : '?'}run=${encodeURIComponent(runId)}`;
}

async function readRefusal(response: Response): Promise<ApiError> {
  const { error, words } = await readReason(response);
  return new ApiError(
    response.status,
    readText(error.code) ?? 'http_error',
    words,
    readText(error.run_id) ?? null,
    readRetryAfter(response.headers.get('retry-after')),
  );
}

/** The longest anyone is asked to wait, in ms. */
const LONGEST_RETRY_AFTER = 60_000;

/** In ms, of seconds or of a date; 0 when it is neither. */
function readRetryAfter(text: string | null): number {
  if (!text) return 0;
  const ms = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - Date.now();
  return Number.isFinite(ms) ? Math.min(Math.max(0, ms), LONGEST_RETRY_AFTER) : 0;
}
