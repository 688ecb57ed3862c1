const FIRST_WAIT = 250;
const LONGEST_WAIT = 15_000;
/** So much trying without an answer, in ms, and the user is asked. Time asleep does not count. */
const PATIENCE = 5 * 60_000;

/** How long to wait before the next attempt, and when to give up. Times in ms. */
export class Backoff {
  #attempt = 0;
  #tried = 0;

  constructor(private readonly random: () => number) {}

  get exhausted(): boolean {
    return this.#tried >= PATIENCE;
  }

  /** Half of each wait is chance, so that readers cut together do not come back together. */
  next(): number {
    const wait = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** this.#attempt);
    this.#attempt += 1;
    return wait * (0.5 + 0.5 * this.random());
  }

  /** Time spent on waiting or on an attempt that failed. */
  spent(ms: number): void {
    this.#tried += ms;
  }

  /** The server answered: there is hope, though the next cut may come at once. */
  answered(): void {
    this.#tried = 0;
  }

  /** The connection was of use, or the world has changed: the next attempt is a first one. */
  restart(): void {
    this.#tried = 0;
    this.#attempt = 0;
  }
}
