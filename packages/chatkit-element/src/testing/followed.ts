import { ChatKitClient } from '../transport/client';
import { RunFollower } from '../transport/run-follower';
import { FakeWorld } from './fake-world';

export const encoder = new TextEncoder();

type Reply = (last: number, signal: AbortSignal) => Response | Promise<Response>;

/** A body with these bytes that then closes, breaks, or hangs until it is given up. */
export function body(bytes: Uint8Array | string, then: 'close' | 'break' | 'hang' = 'close') {
  return new ReadableStream<Uint8Array>({
    start(controller) {
      const chunk = typeof bytes === 'string' ? encoder.encode(bytes) : bytes;
      if (chunk.length > 0) controller.enqueue(chunk);
      if (then === 'close') controller.close();
    },
    pull(controller) {
      if (then === 'break') controller.error(new TypeError('network error'));
    },
  });
}

export const stream = (bytes: Uint8Array | string, then: 'close' | 'break' | 'hang' = 'close') =>
  new Response(body(bytes, then), { headers: { 'content-type': 'text/event-stream' } });

export const frame = (number: number, value: unknown = number) =>
  `id: ${number}\ndata: ${JSON.stringify({ value })}\n\n`;
export const END = 'id: 99\n: end\n\n';
export const numbers = (values: unknown[]) =>
  values.map((each) => (each as { value: unknown }).value);

/** A follower of one run, over whatever connections the test lends it. */
export function follow(reply: Reply, first?: ReadableStream<Uint8Array>, url = '/chatkit') {
  const world = new FakeWorld();
  const asked: Array<{ url: string; last: number; init: RequestInit }> = [];
  const client = new ChatKitClient(() => ({
    url,
    locale: 'de',
    fetch: async (address, init) => {
      const last = Number(new Headers(init.headers).get('last-event-id') ?? 0);
      asked.push({ url: address, last, init });
      return reply(last, init.signal as AbortSignal);
    },
  }));
  const abort = new AbortController();
  const position = { runId: 'run 1', last: 0 };
  const connected: boolean[] = [];
  const values: unknown[] = [];
  const outcome: { ended?: true; error?: unknown } = {};
  const read = async () => {
    const host = { client, world, connected: (is: boolean) => void connected.push(is) };
    for await (const value of new RunFollower(host, position, abort.signal).events(first))
      values.push(value);
  };
  const done = read().then(
    () => {
      outcome.ended = true;
    },
    (error) => {
      outcome.error = error;
    },
  );
  return { world, asked, abort, position, connected, values, outcome, done };
}
