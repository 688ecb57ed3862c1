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

/** Every text of the corpus; an address is one by itself, and where markdown leads. */
export const texts: string[] = [
  ...corpus.markup,
  ...corpus.constructs,
  ...corpus.names,
  ...corpus.addresses.map(
    (address) => `[link](${address}) [link](<${address}>) ![image](${address}) ${address}`,
  ),
];
