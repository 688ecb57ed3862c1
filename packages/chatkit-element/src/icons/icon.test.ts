import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ChatKitIcon, HeaderIcon, LucideIcon } from '@openai/chatkit';
import { render } from 'lit';
import { expect, it, vi } from 'vitest';
import { icon } from './icon';
import { LUCIDE, MORE_PATHS } from './more-paths';
import { PATHS } from './paths';

// A record, so that a name missing here does not compile.
const HEADER: Record<HeaderIcon, true> = {
  'sidebar-left': true,
  'sidebar-right': true,
  'sidebar-open-left': true,
  'sidebar-open-right': true,
  'sidebar-open-left-alt': true,
  'sidebar-open-right-alt': true,
  'sidebar-floating-left': true,
  'sidebar-floating-right': true,
  'sidebar-floating-open-left': true,
  'sidebar-floating-open-right': true,
  'sidebar-collapse-left': true,
  'sidebar-collapse-right': true,
  'collapse-left': true,
  'collapse-right': true,
  'open-left': true,
  'open-right': true,
  'double-chevron-left': true,
  'double-chevron-right': true,
  home: true,
  'home-alt': true,
  'back-small': true,
  'back-large': true,
  'expand-large': true,
  'collapse-large': true,
  'expand-small': true,
  'collapse-small': true,
  star: true,
  'star-filled': true,
  bug: true,
  'chat-temporary': true,
  'settings-cog': true,
  grid: true,
  'dots-horizontal': true,
  'dots-vertical': true,
  'dots-horizontal-circle': true,
  'dots-vertical-circle': true,
  menu: true,
  'menu-inverted': true,
  hamburger: true,
  history: true,
  'book-open': true,
  compose: true,
  share: true,
  'light-mode': true,
  'dark-mode': true,
  close: true,
};
const CONTENT: Record<Exclude<ChatKitIcon, LucideIcon>, true> = {
  agent: true,
  analytics: true,
  atom: true,
  batch: true,
  bolt: true,
  'book-open': true,
  'book-closed': true,
  'book-clock': true,
  bug: true,
  calendar: true,
  chart: true,
  check: true,
  'check-circle': true,
  'check-circle-filled': true,
  'chevron-left': true,
  'chevron-right': true,
  'circle-question': true,
  clock: true,
  compass: true,
  confetti: true,
  cube: true,
  desktop: true,
  document: true,
  'dots-horizontal': true,
  'dots-vertical': true,
  'empty-circle': true,
  'external-link': true,
  globe: true,
  keys: true,
  lab: true,
  images: true,
  info: true,
  lifesaver: true,
  lightbulb: true,
  mail: true,
  'map-pin': true,
  maps: true,
  mobile: true,
  name: true,
  notebook: true,
  'notebook-pencil': true,
  'page-blank': true,
  phone: true,
  play: true,
  plus: true,
  profile: true,
  'profile-card': true,
  reload: true,
  star: true,
  'star-filled': true,
  search: true,
  sparkle: true,
  'sparkle-double': true,
  'square-code': true,
  'square-image': true,
  'square-text': true,
  suitcase: true,
  'settings-slider': true,
  user: true,
  wreath: true,
  write: true,
  'write-alt': true,
  'write-alt2': true,
};

const OWN = Object.keys(PATHS);
const CALLED_BY_NAME = /\bicon(?:\(|: )'([\w-]+)'/g;

function draw(name: string): HTMLElement {
  const root = document.createElement('div');
  render(icon(name), root);
  return root;
}

const pathIn = (root: HTMLElement) => root.querySelector('svg.icon path')?.getAttribute('d');
const path = (name: string) => pathIn(draw(name)) ?? '';

it('[row 131] an icon that must be fetched is an empty box until it is there', async () => {
  const box = draw('star-filled');
  const svg = box.firstElementChild;
  expect(svg?.getAttribute('viewBox')).toBe('0 0 24 24');
  expect(pathIn(box)).toBeNull();
  expect(path('close')).not.toBe('');
  await vi.waitFor(() => expect(pathIn(box)).toBeTruthy());
  expect(box.firstElementChild).toBe(svg);
  expect(svg?.getAttribute('class')).toBe('icon filled');
  expect(path('star-filled')).toBe(pathIn(box));
});

it.each(Object.keys({ ...HEADER, ...CONTENT }))('[row 131] %s has a drawing', (name) => {
  expect({ ...PATHS, ...MORE_PATHS }[name]).toBeDefined();
  expect(path(name)).toMatch(/^M[\d\s.,a-zA-Z-]+$/);
});

it('no drawing is sent twice', () => {
  expect(OWN.filter((name) => Object.hasOwn(MORE_PATHS, name))).toEqual([]);
});

it('there are 46 header icons', () => {
  expect(Object.keys(HEADER)).toHaveLength(46);
});

it('the chat does not wait for the icons that it names itself: move such a one to paths.ts', () => {
  const root = join(import.meta.dirname, '..');
  const named = ['components', 'markdown'].flatMap((room) =>
    readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.includes('.test.'))
      .flatMap((file) => [...readFileSync(join(root, room, file), 'utf8').matchAll(CALLED_BY_NAME)])
      .map(([, name]) => name ?? ''),
  );
  expect(named).toContain('history');
  expect(named.filter((name) => !OWN.includes(name))).toEqual([]);
});

it('Lucide names use the drawing of the same meaning', () => {
  expect(path('lucide:search')).toBe(path('search'));
  for (const [name, own] of Object.entries(LUCIDE)) expect(path(`lucide:${name}`)).toBe(path(own));
});

it.each(['lucide:never-heard-of', 'constructor', '__proto__', ''])('%j draws a ring', (name) => {
  expect(path(name)).toBe(path('empty-circle'));
});

it.each([
  ['back-small', true],
  ['sidebar-open-right-alt', true],
  ['lucide:arrow-left', true],
  ['chevron-right', true],
  ['arrow-up', false],
  ['home', false],
])('[row 132] %s points along the line of text: %s', (name, points) => {
  expect(draw(name).firstElementChild?.classList.contains('points')).toBe(points);
});
