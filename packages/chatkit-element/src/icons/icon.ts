import { html, type TemplateResult } from 'lit';
import { LUCIDE, PATHS } from './paths';

const UNKNOWN = 'empty-circle';

/** A decorative icon; an unknown name draws a plain ring, never a hole in the layout. */
export function icon(name: string): TemplateResult {
  const path = findPath(name);
  const filled = path.startsWith('!');
  return html`<svg class=${filled ? 'icon filled' : 'icon'} viewBox="0 0 24 24" aria-hidden="true">
    <path d=${filled ? path.slice(1) : path}></path>
  </svg>`;
}

export function hasIcon(name: string): boolean {
  return Object.hasOwn(PATHS, name);
}

const LUCIDE_PREFIX = 'lucide:';

/** The same word may mean another drawing in the Lucide set: there its own table comes first. */
function findPath(name: string): string {
  const isLucide = name.startsWith(LUCIDE_PREFIX);
  const bare = isLucide ? name.slice(LUCIDE_PREFIX.length) : name;
  const wanted = isLucide && Object.hasOwn(LUCIDE, bare) ? LUCIDE[bare] : bare;
  return PATHS[wanted && hasIcon(wanted) ? wanted : UNKNOWN] ?? '';
}
