// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { body, END, encoder, follow, frame, numbers, stream } from '../testing/followed';
import { numberedFrames, stories } from '../testing/recordings';

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
