import { describe, expect, it } from 'vitest';
import { runs } from '../testing/asked';
import { setUp } from '../testing/controller';
import { until } from '../testing/fake-server';
import { settle } from '../testing/fake-world';
import { numberedFrames, read, stories } from '../testing/recordings';
import * as wire from '../testing/wire';

describe.each(stories)('the recording %s', (story) => {
  const events = numberedFrames(story)
    .slice(0, -1)
    .map((frame) => JSON.parse(frame.split('\ndata: ')[1] ?? ''));
  const { type, params } = JSON.parse(String(read(story, 'request.json')));
  const question = type === 'threads.create' ? params.input.content[0].text : 'Q';

  const play = async (cuts: Set<number>) => {
    const set = runs();
    await set.controller.send({ text: question });
    for (let at = 0; at <= events.length; at += 1) {
      if (cuts.has(at)) {
        await settle();
        set.server.run.cut();
      }
      if (at < events.length) set.server.run.send(events[at]);
    }
    set.server.run.end();
    await set.world.until(() => set.controller.state.phase === 'idle');
    const { sentKey: _, ...state } = set.controller.state;
    const entries = state.entries
      .filter(({ status }) => status !== 'sending')
      .map(({ item, status }) => ({ item, status }));
    return { state: { ...state, entries }, events: set.events, follows: set.server.follows };
  };

  it('cut after any event, or after all: the same state and the same words to the page', async () => {
    const whole = await play(new Set());
    expect(whole.follows).toEqual([]);
    const all = Array.from({ length: events.length + 1 }, (_, at) => at);
    for (const cuts of [...all.map((at) => [at]), all]) {
      const cut = await play(new Set(cuts));
      expect(cut.follows.length, `cut after ${cuts}`).toBeGreaterThan(0);
      expect(cut.state, `cut after ${cuts}`).toEqual(whole.state);
      expect(cut.events, `cut after ${cuts}`).toEqual(whole.events);
    }
  });

  it('opened in another tab after any event, both end alike', async () => {
    for (let at = 1; at <= events.length; at += 1) {
      const one = runs();
      await one.controller.send({ text: question });
      const { run } = one.server;
      run.send(...events.slice(0, at));
      await until(() => one.controller.activeThreadId !== null || type !== 'threads.create');
      const id = one.controller.activeThreadId ?? 'thr_1';
      one.server.going = run;
      one.server.storing(wire.loaded(id, []));
      const two = setUp(one.server);
      await two.controller.open(id);
      expect(two.controller.state.phase).toBe('responding');
      run.send(...events.slice(at)).end();
      await Promise.all([one.idle(), two.idle()]);
      const shown = ({ controller }: typeof one) =>
        controller.state.entries.map(({ item }) => item).filter(({ id }) => !id.startsWith('unc'));
      expect(shown(two), `opened after ${at}`).toEqual(shown(one));
    }
  });
});
