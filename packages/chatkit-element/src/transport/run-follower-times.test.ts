// @vitest-environment node
import { describe, expect, it, vi } from 'vitest';
import { settle } from '../testing/fake-world';
import { body, END, encoder, follow, frame, numbers, stream } from '../testing/followed';

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

  it('does not give up a server that answers now and then', async () => {
    let attempts = 0;
    const seen = follow(
      () => {
        attempts += 1;
        return attempts % 5 === 0 ? stream('') : new Response('', { status: 502 });
      },
      body(frame(1)),
    );
    await seen.world.pass(30 * 60_000);
    expect(seen.outcome).toEqual({});
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

  it('an attempt that was slept over does not use up the patience', async () => {
    let awake = false;
    const seen = follow(
      () => (awake ? stream(frame(2) + END) : new Promise<Response>(() => {})),
      body(frame(1)),
    );
    await seen.world.pass(1_000);
    expect(seen.asked).toHaveLength(1);
    await seen.world.sleep(8 * 3600_000);
    awake = true;
    await seen.world.until(() => seen.outcome.ended === true);
    expect(numbers(seen.values)).toEqual([1, 2]);
  });

  it('a clock that is set back does not make it deaf', async () => {
    const seen = follow(() => stream(frame(2) + END), body(frame(1), 'hang'));
    await settle();
    seen.world.setClock(-3600_000);
    await seen.world.pass(85_000);
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
