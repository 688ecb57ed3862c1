import type { Sign, Surroundings } from './surroundings';

/** No byte for so long, in ms, is more than two heartbeats: nobody is at the other end. */
const SILENCE = 40_000;

/** One connection: cut when its owner leaves, and when it has fallen silent. */
export class Line {
  readonly #connection = new AbortController();
  readonly #opened: number;
  #heard: number;
  #stopWatch: () => void = () => {};

  constructor(
    private readonly world: Surroundings,
    private readonly owner: AbortSignal,
  ) {
    this.#opened = this.#heard = world.now();
    if (owner.aborted) this.cut();
    owner.addEventListener('abort', this.cut);
    this.#watch(SILENCE);
  }

  get signal(): AbortSignal {
    return this.#connection.signal;
  }

  /** How long the connection has been open, in ms. */
  get age(): number {
    return this.world.now() - this.#opened;
  }

  heard(): void {
    this.#heard = this.world.now();
  }

  /** What was open before the network went away may hang for minutes before it says so. */
  survives(sign: Sign): boolean {
    return sign !== 'online' && this.#silence < SILENCE;
  }

  cut = (): void => this.#connection.abort();

  /** The connection is of no more use: nothing watches it any longer. */
  close(): void {
    this.#stopWatch();
    this.owner.removeEventListener('abort', this.cut);
  }

  get #silence(): number {
    // A clock that was set back must not make the silence endless.
    this.#heard = Math.min(this.#heard, this.world.now());
    return this.world.now() - this.#heard;
  }

  /** One timer however many words come: it looks again when the silence can be long enough. */
  #watch(ms: number): void {
    this.#stopWatch = this.world.after(ms, () => {
      const left = SILENCE - this.#silence;
      if (left <= 0) this.cut();
      else this.#watch(left);
    });
  }
}
