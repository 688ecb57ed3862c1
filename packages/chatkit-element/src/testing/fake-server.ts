import { vi } from 'vitest';

/** What a request carried, as the server would read it. */
export interface SeenRequest {
  url: string;
  init: RequestInit;
  type: string;
  params: Record<string, unknown>;
  metadata?: Record<string, unknown>;
}

/** One answer under way: the test sends the events. */
export class FakeStream {
  #controller!: ReadableStreamDefaultController<Uint8Array>;
  #over = false;
  readonly response: Response;
  /** The request was given up. */
  aborted = false;
  /** The reader closed its end, as it also does when the signal never reached the request. */
  cancelled = false;

  constructor(signal: AbortSignal | null | undefined, headers: Record<string, string> = {}) {
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        this.#controller = controller;
      },
      cancel: () => {
        this.cancelled = true;
        this.#over = true;
      },
    });
    this.response = new Response(body, {
      headers: { 'content-type': 'text/event-stream', ...headers },
    });
    signal?.addEventListener('abort', () => {
      this.aborted = true;
      if (this.#over) return;
      this.#over = true;
      this.#controller.error(new DOMException('Aborted', 'AbortError'));
    });
  }

  send(...events: object[]): this {
    for (const event of events) this.raw(`data: ${JSON.stringify(event)}\n\n`);
    return this;
  }

  raw(text: string): this {
    return this.bytes(new TextEncoder().encode(text));
  }

  bytes(slice: Uint8Array): this {
    if (!this.#over) this.#controller.enqueue(slice);
    return this;
  }

  close(): void {
    if (this.#over) return;
    this.#over = true;
    this.#controller.close();
  }

  /** The connection dies. */
  cut(): void {
    if (this.#over) return;
    this.#over = true;
    this.#controller.error(new TypeError('network error'));
  }
}

type Answer = object | Response | Promise<object | Response>;

/** A request with a file, in a form or alone, is of the type `upload`. */
function readBody(body: RequestInit['body']): Pick<SeenRequest, 'type' | 'params'> {
  if (body instanceof FormData) return { type: 'upload', params: { file: body.get('file') } };
  if (body instanceof File) return { type: 'upload', params: { file: body } };
  return JSON.parse(String(body ?? '{"type":"GET"}'));
}

/** A ChatKit server in the page: streams stay in the test's hands, the rest answers at once. */
export class FakeServer {
  readonly requests: SeenRequest[] = [];
  readonly streams: FakeStream[] = [];
  readonly #answers = new Map<string, (params: Record<string, unknown>) => Answer>();

  answer(type: string, reply: Answer | ((params: Record<string, unknown>) => Answer)): this {
    this.#answers.set(type, typeof reply === 'function' ? (reply as never) : () => reply);
    return this;
  }

  readonly fetch = vi.fn(
    async (url: RequestInfo | URL, init: RequestInit = {}): Promise<Response> => {
      const seen: SeenRequest = { url: String(url), init, ...readBody(init.body) };
      this.requests.push(seen);
      const answer = await this.#answers.get(seen.type)?.(seen.params);
      if (answer instanceof Response) return answer;
      return answer ? Response.json(answer) : this.respond(seen);
    },
  );

  /** What a request without a set answer gets: a stream in the test's hands. */
  protected respond({ init }: SeenRequest): Response | Promise<Response> {
    const stream = new FakeStream(init.signal);
    this.streams.push(stream);
    return stream.response;
  }

  get stream(): FakeStream {
    const stream = this.streams.at(-1);
    if (!stream) throw new Error('No stream was asked for.');
    return stream;
  }

  last(type: string): SeenRequest | undefined {
    return this.requests.findLast((request) => request.type === type);
  }

  count(type: string): number {
    return this.requests.filter((request) => request.type === type).length;
  }
}

export function refusal(status: number, code: string, message: string): Response {
  return Response.json({ error: { code, message } }, { status });
}

/** Waits until `check` holds, checking often; a shared machine may take its time. */
export async function until(check: () => boolean | undefined | null): Promise<void> {
  const holds = () => {
    if (!check()) throw new Error(`Never came true: ${check}`);
  };
  await vi.waitFor(holds, { timeout: 10_000, interval: 5 });
}
