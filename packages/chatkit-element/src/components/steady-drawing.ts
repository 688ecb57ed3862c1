/** Milliseconds between two drawings, two frames of a usual screen: words that come faster are read no sooner. */
const PAUSE = 30;

/** Draws what comes many times a second together, at a steady pace. */
export class SteadyDrawing {
  #last = Number.NEGATIVE_INFINITY;
  #callOff: (() => void) | null = null;

  constructor(private readonly draw: () => void) {}

  soon(): void {
    if (this.#callOff) return;
    // A frame that is asked for costs the browser its work even when nothing is drawn in it.
    const timer = setTimeout(this.#inNextFrame, this.#last + PAUSE - performance.now());
    this.#callOff = () => clearTimeout(timer);
  }

  cancel(): void {
    this.#callOff?.();
    this.#callOff = null;
  }

  #inNextFrame = (): void => {
    const frame = requestAnimationFrame(() => {
      this.#callOff = null;
      this.draw();
      this.#last = performance.now();
    });
    this.#callOff = () => cancelAnimationFrame(frame);
  };
}
