import { css, html, noChange, nothing, render, svg } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { live } from 'lit/directives/live.js';
import { ref } from 'lit/directives/ref.js';
import { repeat } from './repeat';

/**
 * What a part may import of Lit. The build gives parts these very functions: a second copy of Lit
 * on a page is refused by Trusted Types, and would be sent for nothing.
 */
const SHARED = { css, guard, html, live, noChange, nothing, ref, render, repeat, svg };

const KEY = Symbol.for('chatkit-element.lit');

/** Call before any part is fetched. */
export function shareLit(): void {
  const place = globalThis as Record<symbol, unknown>;
  place[KEY] ??= SHARED;
}
