/** Turns on each side of the one that is read that stay in the document. */
export const NEAR = 80;

/** Turns that follow each other, `to` not among them. */
export interface Run {
  from: number;
  to: number;
  drawn: boolean;
}

/** Which of so many turns are drawn: those around the one that is read, the last, and those kept. */
export function runsAround(
  count: number,
  centre: number,
  kept: readonly number[],
  near = NEAR,
): Run[] {
  const spans = [
    [centre - near, centre + near + 1] as const,
    ...[...kept, count - 1].map((index) => [index, index + 1] as const),
  ].sort(([one], [other]) => one - other);
  const runs: Run[] = [];
  let end = 0;
  for (const [first, after] of spans) {
    const from = Math.max(first, end);
    const to = Math.min(after, count);
    if (from >= to) continue;
    const before = runs.at(-1);
    if (from > end) runs.push({ from: end, to: from, drawn: false });
    if (before && from === end) before.to = to;
    else runs.push({ from, to, drawn: true });
    end = to;
  }
  return runs;
}

/** Which turn is so far below the beginning of a run. */
export function turnAt(heights: readonly number[], distance: number): number {
  let bottom = 0;
  const found = heights.findIndex((height) => {
    bottom += height;
    return bottom > distance;
  });
  return found < 0 ? heights.length - 1 : found;
}
