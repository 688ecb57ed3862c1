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

function findPath(name: string): string {
  const bare = name.startsWith('lucide:') ? name.slice('lucide:'.length) : name;
  const alias = Object.hasOwn(LUCIDE, bare) ? LUCIDE[bare] : undefined;
  const own = Object.hasOwn(PATHS, bare) ? PATHS[bare] : undefined;
  return own ?? PATHS[alias ?? UNKNOWN] ?? '';
}
