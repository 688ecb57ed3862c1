// @vitest-environment node
import { describe, expect, it, vi } from 'vitest';
import { FakeWorld, settle } from '../testing/fake-world';
import { numberedFrames, stories } from '../testing/recordings';
import { ChatKitClient } from './client';
import { RunFollower } from './run-follower';

const encoder = new TextEncoder();

type Reply = (last: number, signal: AbortSignal) => Response | Promise<Response>;

/** A body with these bytes that then closes, breaks, or hangs until it is given up. */
function body(bytes: Uint8Array | string, then: 'close' | 'break' | 'hang' = 'close') {
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

const stream = (bytes: Uint8Array | string, then: 'close' | 'break' | 'hang' = 'close') =>
  new Response(body(bytes, then), { headers: { 'content-type': 'text/event-stream' } });

const frame = (number: number, value: unknown = number) =>
  `id: ${number}\ndata: ${JSON.stringify({ value })}\n\n`;
const END = 'id: 99\n: end\n\n';
const numbers = (values: unknown[]) => values.map((each) => (each as { value: unknown }).value);

/** A follower of one run, over whatever connections the test lends it. */
function follow(reply: Reply, first?: ReadableStream<Uint8Array>, url = '/chatkit') {
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

describe.each(stories)('the recording %s', (story) => {
  const frames = numberedFrames(story);
  const whole = encoder.encode(frames.join(''));
  const expected = frames.slice(0, -1).map((text) => JSON.parse(text.split('\ndata: ')[1] ?? ''));

  it('cut after every single byte: each event comes once', async () => {
    for (let at = 0; at < whole.length; at += 1) {
      const seen = follow(
        (last) => stream(frames.slice(last).join('')),
        body(whole.slice(0, at), at % 2 ? 'break' : 'close'),
      );
      await seen.world.until(() => seen.outcome.ended === true);
      expect(seen.values, `cut after ${at} bytes`).toEqual(expected);
      expect(seen.asked, `cut after ${at} bytes`).toHaveLength(endsBefore(at) ? 0 : 1);
      expect(seen.world.timers + seen.world.listeners).toBe(0);
    }
  }, 120_000);

  /** The end is said once its line is there; the blank line after it adds nothing. */
  const endsBefore = (at: number) => at >= whole.length - 1;

  it('over connections of one event each', async () => {
    const seen = follow((last) => stream(frames[last] ?? '', last % 2 ? 'break' : 'close'));
    await seen.world.until(() => seen.outcome.ended === true);
    expect(seen.values).toEqual(expected);
    expect(seen.asked.map(({ last }) => last)).toEqual(frames.map((_, index) => index));
  });
});

describe('what is asked', () => {
  it.each([
    ['/chatkit', '/chatkit?run=run%201'],
    ['chat/?tenant=7#top', 'chat/?tenant=7&run=run%201'],
    ['https://a.example/c?x=', 'https://a.example/c?x=&run=run%201'],
  ])('the run in the query of %s', async (url, expected) => {
    const seen = follow((last) => stream(last ? END : frame(1)), undefined, url);
    await seen.world.until(() => seen.outcome.ended === true);
    expect(seen.asked.map((each) => each.url)).toEqual([expected, expected]);
    const [start, later] = seen.asked.map(({ init }) => init);
    expect(start).toMatchObject({ method: 'GET', credentials: 'same-origin', cache: 'no-store' });
    expect(start?.body).toBeUndefined();
    expect(start?.headers).toEqual({ Accept: 'text/event-stream', 'Accept-Language': 'de' });
    expect(later?.headers).toMatchObject({ 'Last-Event-ID': '1' });
  });
});

describe('numbers', () => {
  it('an event that came already is not handed on again', async () => {
    const seen = follow(
      () => stream(frame(1) + frame(2) + frame(3) + END),
      body(frame(1) + frame(2)),
    );
    await seen.world.until(() => seen.outcome.ended === true);
    expect(numbers(seen.values)).toEqual([1, 2, 3]);
  });

  it('a reset may begin to count anew, with or without a number of its own', async () => {
    const reset = (id: string) => `${id}data: {"type":"run.reset","value":"reset"}\n\n`;
    const replies = [
      stream(reset('') + frame(1, 'a')),
      stream(reset('id: 1\n') + frame(2, 'b')),
      stream(frame(2, 'b') + frame(3, 'c') + END),
    ];
    const seen = follow(() => replies.shift() as Response, body(frame(7) + frame(8)));
    await seen.world.until(() => seen.outcome.ended === true);
    expect(numbers(seen.values)).toEqual([7, 8, 'reset', 'a', 'reset', 'b', 'c']);
    expect(seen.asked.map(({ last }) => last)).toEqual([8, 1, 2]);
  });

  it('what cannot be read is not tried for ever', async () => {
    const seen = follow(() => stream(END), body('id: 1\ndata: {"half\n\n'));
    await seen.done;
    expect(seen.outcome.error).toMatchObject({ name: 'BrokenStream' });
    expect(seen.asked).toEqual([]);
  });
});

describe('what the server answers', () => {
  it('204: the run has ended, nothing is missing', async () => {
    const seen = follow(() => new Response(null, { status: 204 }), body(frame(1)));
    await seen.world.until(() => seen.outcome.ended === true);
    expect(numbers(seen.values)).toEqual([1]);
  });

  it.each([401, 403, 404, 405])('%i is final', async (status) => {
    const refusal = { error: { code: 'no', message: 'No.' } };
    const seen = follow(() => Response.json(refusal, { status }), body(frame(1)));
    await seen.world.until(() => seen.outcome.error !== undefined);
    expect(seen.outcome.error).toMatchObject({ status, reason: 'No.' });
    expect(seen.asked).toHaveLength(1);
  });

  it.each([
    ['seconds', () => '3', 3_000],
    ['a date', () => new Date(Date.now() + 9_500).toUTCString(), 7_000],
  ])(
    '503 with Retry-After in %s is asked no sooner, not even when the page wakes',
    async (_, after, least) => {
      const replies = [
        new Response('', { status: 503, headers: { 'retry-after': after() } }),
        stream(frame(2) + END),
      ];
      const seen = follow(() => replies.shift() as Response, body(frame(1)));
      await seen.world.until(() => seen.asked.length === 1);
      await seen.world.pass(least - 500);
      await seen.world.tell('online');
      await seen.world.tell('visible');
      await seen.world.pass(499);
      expect(seen.asked).toHaveLength(1);
      await seen.world.until(() => seen.outcome.ended === true);
      expect(numbers(seen.values)).toEqual([1, 2]);
    },
  );

  it.each([
    [
      'a page of some proxy',
      () => new Response('<h1>', { headers: { 'content-type': 'text/html' } }),
    ],
    ['500', () => new Response('', { status: 500 })],
    ['502', () => new Response('', { status: 502 })],
    ['429', () => new Response('', { status: 429 })],
    ['no network', () => Promise.reject(new TypeError('Failed to fetch'))],
  ])('%s passes', async (_, trouble) => {
    let attempts = 0;
    const seen = follow(
      () => {
        attempts += 1;
        return attempts < 4 ? trouble() : stream(frame(2) + END);
      },
      body(frame(1)),
    );
    await seen.world.until(() => seen.outcome.ended === true);
    expect(numbers(seen.values)).toEqual([1, 2]);
    expect(attempts).toBe(4);
  });
});

describe('patience', () => {
  it('waits twice as long each time, up to 15 s, and gives up after five minutes', async () => {
    const times: number[] = [];
    const seen = follow(
      () => {
        times.push(seen.world.now());
        return Promise.reject(new TypeError('Failed to fetch'));
      },
      body(frame(1)),
    );
    seen.world.chance = 1;
    const start = seen.world.now();
    await seen.world.until(() => seen.outcome.error !== undefined);
    const waits = times.map((time, index) => time - (times[index - 1] ?? start));
    expect(waits.slice(0, 8)).toEqual([250, 500, 1000, 2000, 4000, 8000, 15_000, 15_000]);
    expect(Math.max(...waits)).toBe(15_000);
    const tried = seen.world.now() - start;
    expect(tried).toBeGreaterThanOrEqual(5 * 60_000);
    expect(tried).toBeLessThan(5 * 60_000 + 15_001);
    expect(seen.outcome.error).toMatchObject({ name: 'NetworkError' });
    expect(seen.world.timers + seen.world.listeners).toBe(0);
  });

  it('never comes back sooner than half of the wait', async () => {
    const seen = follow(() => stream(END), body(frame(1)));
    seen.world.chance = 0;
    await seen.world.pass(124);
    expect(seen.asked).toHaveLength(0);
    await seen.world.pass(1);
    expect(seen.asked).toHaveLength(1);
  });

  it('goes on without end with a proxy that cuts at 5 s, and comes back at once each time', async () => {
    const waits: number[] = [];
    let cutAt = 0;
    let connections = 0;
    const seen = follow(
      (_, signal) => {
        connections += 1;
        if (cutAt) waits.push(seen.world.now() - cutAt);
        if (connections > 200) return stream(frame(2) + END);
        const abort = new AbortController();
        signal.addEventListener('abort', () => abort.abort());
        return new Response(
          new ReadableStream({
            start(controller) {
              seen.world.after(5_000, () => {
                cutAt = seen.world.now();
                controller.close();
              });
            },
          }),
          { headers: { 'content-type': 'text/event-stream' } },
        );
      },
      body(frame(1)),
    );
    await seen.world.until(() => seen.outcome.ended === true);
    expect(numbers(seen.values)).toEqual([1, 2]);
    expect(Math.max(...waits)).toBeLessThanOrEqual(250);
  });

  it('does not storm a server that cuts at once', async () => {
    let connections = 0;
    const seen = follow(
      () => {
        connections += 1;
        return stream(': \n\n');
      },
      body(frame(1)),
    );
    await seen.world.pass(60_000);
    expect(connections).toBeLessThan(14);
    seen.abort.abort();
    await seen.done;
  });
});

describe('silence', () => {
  it('of more than two heartbeats is a cut; heartbeats are not silence', async () => {
    const pushed: Array<(text: string) => void> = [];
    const open = () => {
      let push: (text: string) => void = () => {};
      const source = new ReadableStream<Uint8Array>({
        start(controller) {
          push = (text) => controller.enqueue(encoder.encode(text));
        },
      });
      pushed.push(push);
      return source;
    };
    const seen = follow(
      () => new Response(open(), { headers: { 'content-type': 'text/event-stream' } }),
      open(),
    );
    for (let beat = 0; beat < 20; beat += 1) {
      await seen.world.pass(39_000);
      pushed[0]?.(':\n\n');
    }
    pushed[0]?.(frame(1));
    await seen.world.pass(39_000);
    expect(seen.asked).toHaveLength(0);
    await seen.world.pass(1_300);
    expect(seen.asked.map(({ last }) => last)).toEqual([1]);
    pushed[1]?.(frame(2) + END);
    await seen.world.until(() => seen.outcome.ended === true);
    expect(numbers(seen.values)).toEqual([1, 2]);
  });

  it('a proxy that keeps everything to the end brings it at the end', async () => {
    let finished = false;
    const seen = follow(
      () => (finished ? stream(frame(1) + frame(2) + END) : stream('', 'hang')),
      body('', 'hang'),
    );
    await seen.world.pass(10 * 60_000);
    expect(seen.outcome).toEqual({});
    finished = true;
    await seen.world.until(() => seen.outcome.ended === true);
    expect(numbers(seen.values)).toEqual([1, 2]);
    expect(seen.asked.length).toBeLessThan(20);
  });

  it('an attempt that hangs, by a fetch that cannot be cut, is given up too', async () => {
    let attempts = 0;
    const seen = follow(
      () => {
        attempts += 1;
        return attempts === 1 ? new Promise<Response>(() => {}) : stream(frame(2) + END);
      },
      body(frame(1)),
    );
    await seen.world.pass(39_000);
    expect(attempts).toBe(1);
    await seen.world.until(() => seen.outcome.ended === true);
    expect(attempts).toBe(2);
  });

  it('a laptop that slept for hours goes on at once, however long it was offline', async () => {
    let awake = false;
    const seen = follow(
      () => (awake ? stream(frame(2) + END) : Promise.reject(new TypeError('Failed to fetch'))),
      body(frame(1), 'hang'),
    );
    await seen.world.pass(20_000);
    await seen.world.sleep(3 * 3600_000);
    await seen.world.pass(60_000);
    await seen.world.sleep(8 * 3600_000);
    expect(seen.outcome).toEqual({});
    awake = true;
    await seen.world.tell('online');
    expect(seen.outcome).toEqual({ ended: true });
    expect(numbers(seen.values)).toEqual([1, 2]);
  });

  it('a clock that is set back does not make it deaf', async () => {
    const seen = follow(() => stream(frame(2) + END), body(frame(1), 'hang'));
    await seen.world.sleep(-3600_000);
    await seen.world.pass(3600_000 + 90_000);
    expect(seen.outcome).toEqual({ ended: true });
  });
});

describe('signs of life', () => {
  it('online: what was open before is not trusted, and nothing waits', async () => {
    const seen = follow(() => stream(frame(2) + END), body(frame(1), 'hang'));
    await settle();
    await seen.world.tell('online');
    expect(seen.outcome).toEqual({ ended: true });
    expect(numbers(seen.values)).toEqual([1, 2]);
  });

  it('visible: a live stream stays, one that fell silent is renewed', async () => {
    const seen = follow(() => stream(frame(2) + END), body(frame(1), 'hang'));
    await seen.world.pass(30_000);
    await seen.world.tell('visible');
    expect(seen.asked).toHaveLength(0);
    await seen.world.pass(9_000);
    // The timer of a frozen tab has not run yet when the tab is shown.
    vi.spyOn(seen.world, 'now').mockReturnValue(seen.world.now() + 60_000);
    await seen.world.tell('visible');
    expect(seen.outcome).toEqual({ ended: true });
  });

  it('either ends a wait at once', async () => {
    for (const sign of ['online', 'visible'] as const) {
      let reachable = false;
      const seen = follow(
        () => (reachable ? stream(END) : Promise.reject(new TypeError('Failed to fetch'))),
        body(frame(1)),
      );
      await seen.world.pass(60_000);
      const before = seen.asked.length;
      reachable = true;
      await seen.world.tell(sign);
      expect(seen.asked).toHaveLength(before + 1);
      expect(seen.outcome).toEqual({ ended: true });
    }
  });
});

describe('what the user is told', () => {
  it('nothing of cuts shorter than a second', async () => {
    let cuts = 0;
    const seen = follow(
      () => {
        cuts += 1;
        return stream(cuts < 30 ? frame(cuts + 1) : END);
      },
      body(frame(1)),
    );
    await seen.world.until(() => seen.outcome.ended === true);
    expect(seen.connected).toEqual([]);
  });

  it('that it is lost, once, and that it is back', async () => {
    let reachable = false;
    const seen = follow(
      () => (reachable ? stream(frame(2), 'hang') : Promise.reject(new TypeError('x'))),
      body(frame(1)),
    );
    await seen.world.pass(999);
    expect(seen.connected).toEqual([]);
    await seen.world.pass(30_000);
    expect(seen.connected).toEqual([false]);
    reachable = true;
    await seen.world.pass(15_000);
    expect(seen.connected).toEqual([false, true]);
    seen.abort.abort();
    await seen.done;
  });
});

describe('leaving', () => {
  it.each(['while it reads', 'while it waits', 'while it connects'])(
    '%s ends all',
    async (when) => {
      const seen = follow(
        () => new Promise<Response>(() => {}),
        when === 'while it reads' ? body(frame(1), 'hang') : body(frame(1)),
      );
      if (when === 'while it connects') await seen.world.pass(1_000);
      await settle();
      seen.abort.abort();
      await seen.done;
      expect(seen.outcome.error).toBeDefined();
      expect(seen.world.timers + seen.world.listeners).toBe(0);
    },
  );
});
