import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, it } from 'vitest';

// Which room may import from which. The rooms below the chat itself know nothing of a page.
const MAY_IMPORT: Record<string, string[]> = {
  lazy: ['lit'],
  // What a part hands over is written in the room it belongs to.
  parts: [
    'components',
    'thread',
    'transport',
    'lazy',
    'protocol',
    'options',
    'locales',
    'icons',
    // Their own style sheets only: the chat adopts one when its part arrives.
    'theme',
    'lit',
    'lowlight',
    'marked',
    'temml',
    '@openai/chatkit',
  ],
  protocol: [],
  transport: ['protocol', 'eventsource-parser'],
  thread: ['protocol', 'transport', '@openai/chatkit'],
  options: ['@openai/chatkit'],
  locales: ['lazy'],
  icons: ['lazy', 'lit'],
  // `theme`: the chat adopts the styles of what is fetched for a text.
  markdown: ['icons', 'lazy', 'theme', 'lit', 'marked'],
  theme: ['options', 'lit', '@openai/chatkit'],
  components: [
    'thread',
    'transport',
    'protocol',
    'options',
    'lazy',
    'locales',
    'icons',
    'markdown',
    'theme',
    'lit',
    '@openai/chatkit',
  ],
};
const WITHOUT_DOM = ['protocol', 'transport', 'thread'];
const DOM = /\b(?:document|window|HTML\w*Element|requestAnimationFrame|customElements)\b(?!['’])/;

const root = import.meta.dirname;
const files = Object.keys(MAY_IMPORT).flatMap((room) =>
  readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.includes('.test.'))
    .map((file): [string, string] => [room, join(room, file)]),
);

it('every room of the element is listed', () => {
  const rooms = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const names = rooms.map(({ name }) => name).filter((name) => name !== 'testing');
  expect(names.sort()).toEqual(Object.keys(MAY_IMPORT).sort());
});

it('no style asks what follows whatever: all would be looked at with each turn that comes', () => {
  const selectors = files.flatMap(([, file]) => {
    const sheets = readFileSync(join(root, file), 'utf8').match(/css`[^`]*`/g) ?? [];
    const rules = sheets.join('').replace(/\/\*[\s\S]*?\*\//g, '');
    return rules.match(/[^{};]+(?=\{)/g) ?? [];
  });
  expect(selectors.length).toBeGreaterThan(300);
  expect(selectors.filter((selector) => /\*\s*[+~]|[+~]\s*\*/.test(selector))).toEqual([]);
});

it('what a list is drawn with leaves nothing behind', () => {
  const own = files.map(([, file]) => file);
  const using = own.filter((file) =>
    readFileSync(join(root, file), 'utf8').includes('lit/directives/repeat'),
  );
  expect(using).toEqual(['lazy/repeat.ts']);
});

it.each(files)('%s: %s imports only what its room may', (room, file) => {
  const code = readFileSync(join(root, file), 'utf8');
  const roomOf = (target: string) =>
    target.startsWith('.')
      ? relative(root, join(root, dirname(file), target)).split('/')[0]
      : target.replace(/^(lit|marked)\/.*/, '$1');
  // The type of a part may be named anywhere; its code is fetched, never bundled with the rest.
  const bundled = code.replace(/^import type .* from '[^']*\/parts\/[^']*';$/gm, '');
  const rooms = [...bundled.matchAll(/from '([^']+)'/g)].map(([, target = '']) => roomOf(target));
  const fetched = [...code.matchAll(/\bimport\('([^']+)'\)/g)].map(([, to = '']) => roomOf(to));
  expect(fetched.filter((name) => name !== 'parts')).toEqual([]);
  expect(rooms.filter((name) => name !== room && !MAY_IMPORT[room]?.includes(name ?? ''))).toEqual(
    [],
  );
  if (WITHOUT_DOM.includes(room)) {
    const withoutComments = code.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
    expect(withoutComments).not.toMatch(DOM);
  }
});
