import { FakeServer, FakeStream, refusal, type SeenRequest } from './fake-server';

/** One run of a server that knows them: a log of numbered frames, and who reads it now. */
export class FakeRun {
  readonly #frames: string[] = [];
  readonly #readers = new Set<FakeStream>();
  ended = false;
  stops = 0;

  constructor(readonly id: string) {}

  send(...events: object[]): this {
    for (const event of events) this.#write(`data: ${JSON.stringify(event)}`);
    return this;
  }

  end(): this {
    this.ended = true;
    this.#write(': end');
    for (const reader of this.#readers) reader.close();
    this.#readers.clear();
    return this;
  }

  /** Every connection of now dies. The run goes on. */
  cut(): this {
    for (const reader of this.#readers) reader.cut();
    this.#readers.clear();
    return this;
  }

  read(signal: AbortSignal | null | undefined, last = 0): FakeStream {
    const reader = new FakeStream(signal, { 'chatkit-run': this.id });
    for (const frame of this.#frames.slice(last)) reader.raw(frame);
    if (this.ended) reader.close();
    else this.#readers.add(reader);
    return reader;
  }

  get length(): number {
    return this.#frames.length;
  }

  #write(line: string): void {
    const frame = `id: ${this.#frames.length + 1}\n${line}\n\n`;
    this.#frames.push(frame);
    for (const reader of this.#readers) reader.raw(frame);
  }
}

/** A server that knows runs: every streaming request begins one, any of them can be read again. */
export class FakeRunServer extends FakeServer {
  readonly runs: FakeRun[] = [];
  readonly #byKey = new Map<string, FakeRun>();
  /** What a GET gets instead of the run's events. */
  onFollow: ((last: number) => Response | Promise<Response> | null) | null = null;
  /** The thread's run of now, as the response to `threads.get_by_id` names it. */
  going: FakeRun | null = null;

  constructor() {
    super();
    this.answer('runs.stop', ({ run_id: id }) => {
      const run = this.runs.find((candidate) => candidate.id === id);
      if (!run) return refusal(404, 'not_found', 'No such run.');
      run.stops += 1;
      return {};
    });
  }

  begin(): FakeRun {
    const run = new FakeRun(`run_${this.runs.length + 1}`);
    this.runs.push(run);
    return run;
  }

  get run(): FakeRun {
    const run = this.runs.at(-1);
    if (!run) throw new Error('No run has begun.');
    return run;
  }

  /** The numbers after which the run was followed. */
  get follows(): number[] {
    return this.requests
      .filter(({ type }) => type === 'GET')
      .map(({ init }) => Number(new Headers(init.headers).get('last-event-id') ?? 0));
  }

  storing(thread: object): this {
    return this.answer('threads.get_by_id', () => {
      const headers = { 'chatkit-run': this.going?.id ?? '' };
      return Response.json(thread, { headers });
    });
  }

  protected override respond(seen: SeenRequest): Response | Promise<Response> {
    const { init, url } = seen;
    const stream =
      seen.type === 'GET' ? this.#follow(url, init) : this.#start(seen).read(init.signal);
    if (!(stream instanceof FakeStream)) return stream;
    this.streams.push(stream);
    return stream.response;
  }

  #start({ metadata }: SeenRequest): FakeRun {
    const key = String(metadata?.idempotency_key);
    const run = this.#byKey.get(key) ?? this.begin();
    this.#byKey.set(key, run);
    return run;
  }

  #follow(url: string, init: RequestInit): FakeStream | Response | Promise<Response> {
    const last = Number(new Headers(init.headers).get('last-event-id') ?? 0);
    const other = this.onFollow?.(last);
    if (other) return other;
    const id = new URL(url, 'http://page').searchParams.get('run');
    const run = this.runs.find((candidate) => candidate.id === id);
    if (!run) return refusal(404, 'not_found', 'No such run.');
    if (run.ended && last >= run.length) return new Response(null, { status: 204 });
    return run.read(init.signal, last);
  }
}
