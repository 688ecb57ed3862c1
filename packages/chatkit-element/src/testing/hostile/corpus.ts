import { readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Corpus {
  /** HTML, SVG and MathML that wants to be parsed. */
  markup: string[];
  /** Where a link, an image or a source must not lead. */
  addresses: string[];
  /** Markdown and formulas with something else in them. */
  constructs: string[];
  /** Titles, names of files and the like. */
  names: string[];
  widgets: unknown[];
}

/** What an attacker writes into everything a chat shows. `hostile()` must never be called. */
export const corpus: Corpus = JSON.parse(
  readFileSync(join(import.meta.dirname, 'corpus.json'), 'utf8'),
);

/** Texts that are dangerous wherever they stand. */
export const anywhere: string[] = [...corpus.markup, ...corpus.names];

/** Texts that only become something else when they are read as markdown. */
export const asMarkdown: string[] = [
  ...corpus.constructs,
  ...corpus.addresses.map(
    (address) => `[link](${address}) [link](<${address}>) ![image](${address}) ${address}`,
  ),
];
