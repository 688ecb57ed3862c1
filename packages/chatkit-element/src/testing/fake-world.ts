import type { Sign, Surroundings } from '../transport/surroundings';

interface Timer {
  at: number;
  work: () => void;
}

/** Lets everything that is ready to go on do so: streams take several turns of the event loop. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 4; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** Surroundings whose time stands still until the test moves it. */
export class FakeWorld implements Surroundings {
  #now = Date.UTC(2026, 10, 2, 9, 30);
  #timers = new Set<Timer>();
  #listeners = new Set<(sign: Sign) => void>();
  /** What `random` gives. */
  chance = 0.5;

  now = (): number => this.#now;

  after = (ms: number, work: () => void): (() => void) => {
    const timer = { at: this.#now + ms, work };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  };

  random = (): number => this.chance;

  listen = (hear: (sign: Sign) => void): (() => void) => {
    this.#listeners.add(hear);
    return () => this.#listeners.delete(hear);
  };

  get timers(): number {
    return this.#timers.size;
  }

  get listeners(): number {
    return this.#listeners.size;
  }

  /** Time goes by, and all that was due meanwhile is done in its order. */
  async pass(ms: number): Promise<void> {
    const end = this.#now + ms;
    await settle();
    for (let next = this.#next(end); next; next = this.#next(end)) {
      this.#now = Math.max(this.#now, next.at);
      this.#timers.delete(next);
      next.work();
      await settle();
    }
    this.#now = end;
  }

  /** The machine sleeps: the clock goes on, and no timer is looked at before it wakes. */
  async sleep(ms: number): Promise<void> {
    this.#now += ms;
    await this.pass(0);
  }

  /** Somebody sets the clock: timers do not go by it. */
  setClock(by: number): void {
    this.#now += by;
    for (const timer of this.#timers) timer.at += by;
  }

  async tell(sign: Sign): Promise<void> {
    for (const hear of [...this.#listeners]) hear(sign);
    await settle();
  }

  /** Moves time on to the next timer, as often as it takes to make `check` hold. */
  async until(check: () => boolean): Promise<void> {
    for (let steps = 0; steps < 2_000; steps += 1) {
      await settle();
      if (check()) return;
      const due = [...this.#timers].map(({ at }) => at);
      if (due.length > 0) await this.pass(Math.max(0, Math.min(...due) - this.#now));
    }
    throw new Error(`Never came true: ${check}`);
  }

  #next(end: number): Timer | undefined {
    return [...this.#timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
  }
}
