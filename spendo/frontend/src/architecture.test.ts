// @vitest-environment node
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

const SRC = import.meta.dirname;
const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.(tsx?|css)$/.test(name))
  .map((name) => ({ name, text: readFileSync(join(SRC, name), 'utf8') }));
const sources = files.filter(
  ({ name }) => !/\.test\.tsx?$/.test(name) && !name.startsWith('testing/'),
);

/** Which rooms a room may import from, besides itself. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  app: ['features', 'api', 'ui'],
  features: ['api', 'ui'],
  api: [],
  ui: [],
};

function imports({ name, text }: { name: string; text: string }): string[] {
  return [...text.matchAll(/(?:from|import)\s*\(?\s*'(\.{1,2}\/[^']+)'/g)].map((match) =>
    relative(SRC, join(SRC, dirname(name), match[1] ?? '')),
  );
}

const room = (path: string) => path.split('/')[0] ?? '';

describe('the rooms of the web app', () => {
  it('are found by this test', () => {
    expect(new Set(sources.map(({ name }) => room(name)))).toEqual(
      new Set(['main.tsx', 'vite-env.d.ts', 'app', 'api', 'features', 'ui']),
    );
  });

  it.each(Object.entries(MAY_IMPORT))('%s imports only from itself and %j', (from, allowed) => {
    const wrong = sources
      .filter(({ name }) => room(name) === from)
      .flatMap((file) => imports(file).map((target) => `${file.name} → ${target}`))
      .filter((arrow) => ![from, ...allowed].includes(room(arrow.split(' → ')[1] ?? '')));
    expect(wrong).toEqual([]);
  });

  it('keep features apart from each other', () => {
    const wrong = sources
      .filter(({ name }) => room(name) === 'features')
      .flatMap((file) => imports(file).map((target) => ({ file: file.name, target })))
      .filter(({ target }) => room(target) === 'features')
      .filter(({ file, target }) => file.split('/')[1] !== target.split('/')[1]);
    expect(wrong).toEqual([]);
  });
});

describe('the source', () => {
  const withLine = (pattern: RegExp, apart: string[]) =>
    sources
      .filter(({ name }) => !apart.includes(name))
      .flatMap(({ name, text }) =>
        text
          .split('\n')
          .filter((line) => pattern.test(line))
          .map((line) => `${name}: ${line.trim()}`),
      );

  it('writes colours only in the tokens', () => {
    expect(withLine(/#[0-9a-f]{3,8}\b|\brgba?\(|\bhsla?\(|\boklch\(/i, ['ui/tokens.ts'])).toEqual(
      [],
    );
  });

  it('never turns text into a floating-point number; the wait of Retry-After is no money', () => {
    const pattern = /\bNumber\(|parseFloat|parseInt|\.toFixed\(|valueAsNumber/;
    expect(withLine(pattern, ['api/api-error.ts'])).toEqual([]);
  });

  it('names no address outside its own origin', () => {
    expect(withLine(/https?:\/\/|['"]\/\//, [])).toEqual([]);
  });
});
