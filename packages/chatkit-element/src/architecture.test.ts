import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, it } from 'vitest';

// Which room may import from which. The rooms below the chat itself know nothing of a page.
const MAY_IMPORT: Record<string, string[]> = {
  protocol: [],
  transport: ['protocol', 'eventsource-parser'],
  thread: ['protocol', 'transport', '@openai/chatkit'],
  options: ['@openai/chatkit'],
  locales: [],
  icons: ['lit'],
  markdown: ['icons', 'lit', 'marked'],
  theme: ['options', 'lit', '@openai/chatkit'],
  components: [
    'thread',
    'protocol',
    'options',
    'locales',
    'icons',
    'markdown',
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

it.each(files)('%s: %s imports only what its room may', (room, file) => {
  const code = readFileSync(join(root, file), 'utf8');
  const rooms = [...code.matchAll(/from '([^']+)'/g)].map(([, target = '']) =>
    target.startsWith('.')
      ? relative(root, join(root, dirname(file), target)).split('/')[0]
      : target.replace(/^(lit|marked)\/.*/, '$1'),
  );
  expect(rooms.filter((name) => name !== room && !MAY_IMPORT[room]?.includes(name ?? ''))).toEqual(
    [],
  );
  if (WITHOUT_DOM.includes(room)) {
    const withoutComments = code.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
    expect(withoutComments).not.toMatch(DOM);
  }
});
