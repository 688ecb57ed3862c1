/** Longest wait for a frame: a page in the background draws none. */
const NO_FRAME = 1000;

/**
 * Calls `act` in a task of its own after the next frame: by then the page has run its own effects
 * and listens. Returns a function that calls it off.
 */
export function afterPaint(act: () => void): () => void {
  let task: ReturnType<typeof setTimeout> | undefined;
  const queue = () => {
    cancelAnimationFrame(frame);
    clearTimeout(fallback);
    task = setTimeout(act, 0);
  };
  const frame = requestAnimationFrame(queue);
  const fallback = setTimeout(queue, NO_FRAME);
  return () => {
    cancelAnimationFrame(frame);
    clearTimeout(fallback);
    clearTimeout(task);
  };
}
