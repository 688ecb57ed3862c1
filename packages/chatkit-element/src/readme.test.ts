import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const readme = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8');
const source = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.includes('.test.'))
  .map((file) => readFileSync(join(import.meta.dirname, file), 'utf8'))
  .join('\n');
const documented = (pattern: RegExp, text: string) =>
  [
    ...new Set([...text.matchAll(pattern)].flatMap((match) => (match[1] ?? '').split(/\s+/))),
  ].sort();

it('the README names every part and no other', () => {
  const section = /Parts for `::part\(\)`:([\s\S]*?)\n\n/.exec(readme)?.[1] ?? '';
  const inTemplates = documented(/\bpart="([\w\s-]+)"/g, source);
  const inOptions = documented(/\bpart: '([\w-]+)'/g, source);
  const sides = ['header-action', 'header-left-action', 'header-right-action'];
  const all = [...new Set([...inTemplates, ...inOptions, ...sides, 'copy-button'])].sort();
  expect(documented(/`([\w-]+)`/g, section)).toEqual(all);
});

it('the README names every CSS property and no other', () => {
  expect(documented(/`(--chatkit-[\w-]+)`/g, readme)).toEqual(
    documented(/var\(\s*(--chatkit-[\w-]+)/g, source),
  );
});
