import { Lazy } from '../lazy/lazy';

/** Reads and draws formulas. */
export type Maths = typeof import('../parts/math');

const maths = new Lazy(() => import('../parts/math'));

/** What may be a formula. The part that is fetched for it looks closer: an amount of money is none. */
const HINT = /\\[([]|\$\$|\$[a-z\\({[][^$\n]{0,200}\$|\$\d[^$\n]{0,200}[\\^_][^$\n]{0,200}\$/i;

/** What reads the formulas of `text`, if it may have any; else, or until it has arrived, null. */
export function mathsFor(text: string, arrived: () => void): Maths | null {
  return HINT.test(text) ? maths.get(arrived) : null;
}
