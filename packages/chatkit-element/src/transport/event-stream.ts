import { createParser, type EventSourceParser } from 'eventsource-parser';

/** A stream that ends inside a message, or a message that is not JSON: the connection broke. */
export class BrokenStream extends Error {
  override name = 'BrokenStream';
}

export interface Message {
  id: string | undefined;
  data: string;
}

/** The comment with which a server of runs says that nothing more comes. */
export const END = Symbol('end');

const END_COMMENT = 'end';

/** Text in any slices to whole messages; heartbeats and event names are allowed and ignored. */
export class MessageParser {
  #parts: Array<Message | typeof END> = [];
  #cut = false;
  readonly #parser: EventSourceParser = createParser({
    onEvent: ({ id, data }) => this.#parts.push({ id, data }),
    onComment: (comment) => {
      if (comment === END_COMMENT) this.#parts.push(END);
    },
    onError: () => {
      this.#cut = true;
    },
  });

  feed(text: string): Array<Message | typeof END> {
    this.#parser.feed(text);
    return this.#parts.splice(0);
  }

  /** Whether the text so far ends inside a message. Nothing can be fed afterwards. */
  endsInside(): boolean {
    this.#cut = false;
    return this.feed('\n\n').length > 0 || this.#cut;
  }
}

/**
 * Yields the JSON value of every message, whatever slices the bytes arrive in. An aborted `signal`
 * closes the connection even when the page's own fetch did not pass it on.
 */
export async function* readEventStream(
  body: ReadableStream<Uint8Array>,
  signal?: AbortSignal,
): AsyncGenerator<unknown> {
  const parser = new MessageParser();
  for await (const text of readSlices(body, signal)) {
    for (const part of parser.feed(text)) if (part !== END) yield parseMessage(part);
  }
  if (parser.endsInside()) throw new BrokenStream('The answer broke off.');
}

/** The text of a body as it arrives. An aborted `signal` ends it quietly and closes the connection. */
export async function* readSlices(
  body: ReadableStream<Uint8Array>,
  signal?: AbortSignal,
): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  const reader = body.getReader();
  const close = () => void reader.cancel().catch(() => {});
  signal?.addEventListener('abort', close);
  try {
    if (signal?.aborted) return;
    for (;;) {
      const { done, value } = await reader.read();
      yield done ? decoder.decode() : decoder.decode(value, { stream: true });
      if (done) break;
    }
  } finally {
    signal?.removeEventListener('abort', close);
    close();
  }
}

/** Throws `BrokenStream` when the message is not JSON. */
export function parseMessage({ data }: Message): unknown {
  try {
    return JSON.parse(data);
  } catch {
    throw new BrokenStream('The server sent a message that cannot be read.');
  }
}
