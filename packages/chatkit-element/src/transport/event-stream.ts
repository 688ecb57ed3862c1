import { createParser } from 'eventsource-parser';

/** A stream that ends inside a message, or a message that is not JSON: the connection broke. */
export class BrokenStream extends Error {
  override name = 'BrokenStream';
}

/**
 * Yields the JSON value of every message, whatever slices the bytes arrive in. Comments
 * (heartbeats), ids and event names are allowed and ignored. An aborted `signal` closes the
 * connection even when the page's own fetch did not pass it on.
 */
export async function* readEventStream(
  body: ReadableStream<Uint8Array>,
  signal?: AbortSignal,
): AsyncGenerator<unknown> {
  const queue: string[] = [];
  let cut = false;
  const parser = createParser({
    onEvent: (message) => queue.push(message.data),
    onError: () => {
      cut = true;
    },
  });
  const decoder = new TextDecoder();
  const reader = body.getReader();
  const close = () => void reader.cancel().catch(() => {});
  signal?.addEventListener('abort', close);
  try {
    for (;;) {
      const { done, value } = await reader.read();
      parser.feed(done ? decoder.decode() : decoder.decode(value, { stream: true }));
      for (const data of queue.splice(0)) yield parse(data);
      if (done) break;
    }
  } finally {
    signal?.removeEventListener('abort', close);
    close();
  }
  cut = false;
  parser.feed('\n\n');
  if (cut || queue.length > 0) throw new BrokenStream('The answer broke off.');
}

function parse(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    throw new BrokenStream('The server sent a message that cannot be read.');
  }
}
