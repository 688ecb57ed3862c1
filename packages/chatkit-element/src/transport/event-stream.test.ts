import { describe, expect, it } from 'vitest';
import { readEvent } from '../protocol/events';
import { readItem, type ThreadItem } from '../protocol/items';
import { readPage, readThread, readThreadItems } from '../protocol/threads';
import { read, replies, stories } from '../testing/recordings';
import { exchange } from '../testing/wire';
import { reduce } from '../thread/reducer';
import { type ChatState, EMPTY_CHAT, messageText } from '../thread/state';
import { BrokenStream, readEventStream } from './event-stream';

function sliced(bytes: Uint8Array, size: number): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (let at = 0; at < bytes.length; at += size)
        controller.enqueue(bytes.slice(at, at + size));
      controller.close();
    },
  });
}

async function readAll(text: string | Uint8Array, size = 1 << 20): Promise<unknown[]> {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  const values = [];
  for await (const value of readEventStream(sliced(bytes, size))) values.push(value);
  return values;
}

const frames = (events: object[], end = '\n\n') =>
  events.map((event) => `data: ${JSON.stringify(event)}${end}`).join('');

describe('readEventStream', () => {
  const events = [
    ...exchange('Wie viel für Kaffee? ☕️', 'Es waren **€ 12,30** — 你好 👩🏽‍💻.'),
    { type: 'x', text: 'a\nb' },
  ];

  it('reads the same events at every slice size, from one byte up', async () => {
    const bytes = new TextEncoder().encode(frames(events));
    for (let size = 1; size <= bytes.length; size += 1) {
      expect(await readAll(bytes, size), `slices of ${size} bytes`).toEqual(events);
    }
  });

  it('ignores heartbeats, ids and event names', async () => {
    const text = `: ping\n\nid: 7\nevent: message\ndata: {"a":1}\n\n: ping\n\n`;
    for (let size = 1; size < text.length; size += 1)
      expect(await readAll(text, size)).toEqual([{ a: 1 }]);
  });

  it('accepts CRLF line ends', async () => {
    expect(await readAll(frames([{ a: 1 }, { b: 2 }], '\r\n\r\n'), 3)).toEqual([
      { a: 1 },
      { b: 2 },
    ]);
  });

  it.each(['data: {"a":1}\n\ndata: {"b', 'data: {"a":1}\n\ndata: {"b":2}', 'data: {"a":1}\n\nda'])(
    'says that a stream cut inside a message is broken: %j',
    async (text) => {
      const seen: unknown[] = [];
      const read = async () => {
        for await (const value of readEventStream(sliced(new TextEncoder().encode(text), 4)))
          seen.push(value);
      };
      await expect(read()).rejects.toBeInstanceOf(BrokenStream);
      expect(seen).toEqual([{ a: 1 }]);
    },
  );

  it('says that a message which is not JSON is broken', async () => {
    await expect(readAll('data: [DONE]\n\n')).rejects.toBeInstanceOf(BrokenStream);
  });

  it('an empty stream has no events', async () => {
    expect(await readAll('')).toEqual([]);
  });
});

describe('recordings of the real server', () => {
  it('exist', () => {
    expect(stories).toContain('new-thread');
    expect(replies).toContain('history-list');
  });

  it.each(stories)('%s: decodes alike at every slice size', async (story) => {
    const bytes = new Uint8Array(read(story, 'response.sse'));
    const whole = await readAll(bytes);
    expect(whole.length).toBeGreaterThan(0);
    for (let size = 1; size <= bytes.length; size += size < 64 ? 1 : 61) {
      expect(await readAll(bytes, size), `slices of ${size} bytes`).toEqual(whole);
    }
  });

  it.each(stories)('%s: every event is known', async (story) => {
    const values = await readAll(new Uint8Array(read(story, 'response.sse')));
    expect(values.filter((value) => readEvent(value) === null)).toEqual([]);
  });

  const firstMessages = stories.filter(
    (story) => JSON.parse(String(read(story, 'request.json'))).type === 'threads.create',
  );

  it.each(firstMessages)('%s: what is on screen is what the server has stored', async (story) => {
    const view = play(await readAll(new Uint8Array(read(story, 'response.sse'))));
    const stored = JSON.parse(String(read(story, 'thread.json')));
    expect(view.thread).toEqual(readThread(stored));
    expect(words(view.entries.map(({ item }) => item))).toEqual(
      words(readThreadItems(stored).data),
    );
  });

  it.each(replies)('%s: is read in full', (story) => {
    const reply = JSON.parse(String(read(story, 'response.json')));
    const type = JSON.parse(String(read(story, 'request.json'))).type;
    if (type === 'threads.list') {
      const page = readPage(reply, readThread);
      expect(page).toMatchObject({ has_more: reply.has_more, after: reply.after });
      expect(page.data.map(({ id }) => id)).toEqual(reply.data.map(({ id }: { id: string }) => id));
    } else if (type === 'items.list') {
      expect(readPage(reply, readItem).data).toHaveLength(reply.data.length);
    } else if (type === 'threads.get_by_id') {
      expect(readThreadItems(reply).data).toHaveLength(reply.items.data.length);
      expect(readThread(reply)?.id).toBe(reply.id);
    } else {
      expect(reply).toBeTypeOf('object');
    }
  });
});

function words(items: ThreadItem[]): string[] {
  return items.map(messageText);
}

function play(values: unknown[]): ChatState {
  const events = values.map(readEvent).filter((event) => event !== null);
  const state = events.reduce<ChatState>(
    (before, event) => reduce(before, { type: 'stream', event }),
    EMPTY_CHAT,
  );
  return reduce(state, { type: 'response.finished' });
}
