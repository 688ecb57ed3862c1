/** ms. What is drawn sixty times a second must not ask for what cannot be had as often. */
const PAUSE = 3000;

/**
 * Code that is fetched when it is first needed. `arrived` is called once it is there; until then
 * `get()` gives null, and what needs it shows something simpler.
 */
export class Lazy<T> {
  #value: T | null = null;
  #asked = false;
  #failedAt = Number.NEGATIVE_INFINITY;
  #waiting: Array<() => void> = [];

  constructor(private readonly load: () => Promise<T>) {}

  /** What was loaded; else null, and `arrived` is called once it is. A failed load is tried again by a later call. */
  get(arrived: () => void): T | null {
    if (this.#value !== null) return this.#value;
    if (!this.#asked && Date.now() < this.#failedAt + PAUSE) return null;
    if (!this.#waiting.includes(arrived)) this.#waiting.push(arrived);
    if (!this.#asked) void this.#fetch();
    return null;
  }

  /** Resolves with what was loaded; rejects when it cannot be. */
  async whenLoaded(): Promise<T> {
    this.#value ??= await this.load();
    return this.#value;
  }

  async #fetch(): Promise<void> {
    this.#asked = true;
    try {
      await this.whenLoaded();
    } catch {
      // Without it the simpler view stays; a later need asks again.
      this.#asked = false;
      this.#failedAt = Date.now();
      this.#waiting = [];
      return;
    }
    for (const arrived of this.#waiting.splice(0)) arrived();
  }
}
