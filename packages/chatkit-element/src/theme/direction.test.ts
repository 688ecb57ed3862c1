import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const sheets = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) =>
  /(?:styles|tokens)\.ts$/.test(file),
);

/** What names a side of the screen instead of a side of the text. */
const PHYSICAL = [
  /\b(?:margin|padding|border|inset|scroll-margin|scroll-padding)-(?:left|right)\b/,
  /(?:^|[\s;{])(?:left|right):/,
  /(?:text-align|float|clear): *(?:left|right)\b/,
  /border-(?:top|bottom)-(?:left|right)-radius/,
  /\b(?:margin|padding|inset): *(\S+) (\S+) (\S+) (?!\2\b)\S+;/,
];

function withoutBrackets(text: string): string {
  const shorter = text.replace(/\([^()]*\)/g, '');
  return shorter === text ? text : withoutBrackets(shorter);
}

it.each(sheets.map((file) => [basename(file), file]))(
  '[row 132] %s knows start and end, not left and right',
  (_, file) => {
    const sheet = readFileSync(join(root, file), 'utf8');
    const lines = withoutBrackets(sheet).split('\n');
    const moves = sheet.split('\n').filter((line) => line.includes('translateX'));
    expect(moves.filter((line) => !line.includes('var(--forward)'))).toEqual([]);
    expect(lines.filter((line) => PHYSICAL.some((pattern) => pattern.test(line)))).toEqual([]);
  },
);
