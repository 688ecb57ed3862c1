import { html, type TemplateResult } from 'lit';
import { ref } from 'lit/directives/ref.js';
import { Lazy } from '../lazy/lazy';
import { PATHS } from './paths';

const UNKNOWN = 'empty-circle';
const LUCIDE_PREFIX = 'lucide:';
/** What points along the line of text points the other way where text runs from right to left. */
const POINTS = /\b(?:left|right|back|external)\b/;

/** The drawings that only a page or a server names. */
const more = new Lazy(() => import('../parts/more-icons'));

/** The boxes on screen that wait for their drawing, and its name. */
const empty = new Map<Element, string>();

/**
 * A decorative icon. One that has to be fetched first is an empty box of the same size until then;
 * an unknown name draws a plain ring, never a hole in the layout.
 */
export function icon(name: string): TemplateResult {
  const path = findPath(name);
  if (path === null) return emptyBox(name);
  return html`<svg class=${classOf(name, path)} viewBox="0 0 24 24" aria-hidden="true">
    <path d=${outline(path)}></path>
  </svg>`;
}

function emptyBox(name: string): TemplateResult {
  const wait = (box: Element | undefined) => {
    if (box) empty.set(box, name);
  };
  return html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" ${ref(wait)}>
    <path></path>
  </svg>`;
}

/** Draws into the boxes themselves: what is around them may have no other reason to draw again. */
function fillBoxes(): void {
  for (const [box, name] of empty) {
    const path = findPath(name) ?? '';
    box.setAttribute('class', classOf(name, path));
    box.querySelector('path')?.setAttribute('d', outline(path));
  }
  empty.clear();
}

function classOf(name: string, path: string): string {
  return `icon${path.startsWith('!') ? ' filled' : ''}${POINTS.test(name) ? ' points' : ''}`;
}

function outline(path: string): string {
  return path.startsWith('!') ? path.slice(1) : path;
}

/** Null: the drawing is not here yet. */
function findPath(name: string): string | null {
  const own = pathIn(PATHS, name);
  if (own !== undefined) return own;
  const fetched = more.get(fillBoxes);
  if (!fetched) return null;
  const { LUCIDE, MORE_PATHS } = fetched;
  const isLucide = name.startsWith(LUCIDE_PREFIX);
  const bare = isLucide ? name.slice(LUCIDE_PREFIX.length) : name;
  // The same word may mean another drawing in the Lucide set: there its own table comes first.
  const wanted = (isLucide && pathIn(LUCIDE, bare)) || bare;
  return pathIn(PATHS, wanted) ?? pathIn(MORE_PATHS, wanted) ?? PATHS[UNKNOWN] ?? '';
}

function pathIn(table: Record<string, string>, name: string): string | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
