import type { MarkedOptions, Tokens } from 'marked';
import { drawFormula } from './maths/draw';
import { type Formula, readBlock, readInline, startOfBlock, startOfInline } from './maths/read';

export { mathStyles as css } from '../theme/math-styles';

/** What marked must know to find formulas; a formula's token draws itself. */
export const extensions: MarkedOptions['extensions'] = {
  block: [(source) => toToken(readBlock(source))],
  startBlock: [(source) => startOfBlock(source)],
  inline: [(source, tokens) => toToken(readInline(source, tokens.at(-1)?.raw ?? ''))],
  startInline: [(source) => startOfInline(source)],
  childTokens: {},
  renderers: {},
};

function toToken(formula: Formula | null): Tokens.Generic | undefined {
  if (!formula) return undefined;
  const { raw, tex, display } = formula;
  return { type: 'formula', raw, text: tex, draw: () => drawFormula(tex, display, raw) };
}

const WHOLE = /\$\$[^$]+\$\$|\\\([\s\S]*?\\\)|\\\[[\s\S]*?\\\]/g;
const OPEN = /(?:\$\$(?!\$)[^$]*\$?|\\\((?:(?!\\\)|\n\n)[\s\S])*|\\\[(?:(?!\\\]|\n\n)[\s\S])*)$/;

/** As long as `text`, with blanks for its formulas: the marks in them are none. */
export function withFormulasHidden(text: string): string {
  return text.replace(WHOLE, blanks);
}

/** A formula waits until it is complete: half of one is no formula. */
export function withoutOpenFormula(text: string): string {
  const open = OPEN.exec(withCodeHidden(withFormulasHidden(text)));
  return open ? text.slice(0, open.index) : text;
}

function withCodeHidden(text: string): string {
  return text.replace(/(?<!`)(`+)(?!`)[\s\S]*?(?:(?<!`)\1(?!`)|$)/g, blanks);
}

function blanks(hidden: string): string {
  return ' '.repeat(hidden.length);
}
