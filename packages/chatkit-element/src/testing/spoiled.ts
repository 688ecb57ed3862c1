const WRONG: unknown[] = [
  null,
  undefined,
  0,
  -1,
  1e308,
  '',
  'x',
  true,
  [],
  [null],
  {},
  { type: 'x' },
  [[{}]],
];

/** The same numbers between 0 and 1 on every run (mulberry32). */
export function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A copy in which some values are missing or of a wrong type. */
export function spoil(value: unknown, random: () => number): unknown {
  if (random() < 0.12) return WRONG[Math.floor(random() * WRONG.length)];
  if (Array.isArray(value)) return value.map((entry) => spoil(entry, random));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(() => random() > 0.05)
      .map(([key, entry]) => [
        key,
        key === 'type' && random() < 0.8 ? entry : spoil(entry, random),
      ]),
  );
}

/** In another order, every value as likely as any other in every place. */
export function shuffle<T>(values: readonly T[], random: () => number): T[] {
  const left = [...values];
  return values.map(() => left.splice(Math.floor(random() * left.length), 1)[0] as T);
}
