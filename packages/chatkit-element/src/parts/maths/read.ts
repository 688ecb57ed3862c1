/** A formula in a text: how it is written there, what it says, and whether it stands on its own. */
export interface Formula {
  raw: string;
  tex: string;
  display: boolean;
}

/** Longer ones are shown as they are written. */
const LONGEST = 2000;
const LONGEST_IN_DOLLARS = 200;

/** A formula on lines of its own: `$$…$$` or `\[…\]`. */
export function readBlock(source: string): Formula | null {
  const text = source.slice(0, LONGEST + 20);
  const found =
    /^ {0,3}\$\$([\s\S]+?)\$\$(?!\$)[ \t]*(?:\n|$)/.exec(text) ??
    /^ {0,3}\\\[([\s\S]+?)\\\][ \t]*(?:\n|$)/.exec(text);
  const tex = found?.[1]?.trim() ?? '';
  const written = found && /\n[ \t]*\n/.test(found[0].trimEnd()) ? null : found;
  if (!written || !(isFormula(tex) || isCalculation(tex))) return null;
  return { raw: written[0].trimEnd(), tex, display: true };
}

/** Where in a paragraph a line begins that may be a formula of its own; -1 when none does. */
export function startOfBlock(source: string): number {
  const end = source.indexOf('\n\n');
  const paragraph = end < 0 ? source : source.slice(0, end);
  return paragraph.search(/\n {0,3}(?:\$\$|\\\[)/);
}

export function startOfInline(source: string): number {
  return source.indexOf('$');
}

/** `before`: the text to the left. A sign of a currency has a letter or a figure there. */
export function readInline(source: string, before: string): Formula | null {
  return readBackslashed(source) ?? readDollars(source, before);
}

function readBackslashed(source: string): Formula | null {
  if (!source.startsWith('\\(') && !source.startsWith('\\[')) return null;
  const display = source[1] === '[';
  const end = source.slice(0, LONGEST + 4).indexOf(display ? '\\]' : '\\)');
  const tex = end < 0 ? '' : source.slice(2, end).trim();
  if (!tex || tex.includes('\n\n') || isProse(tex)) return null;
  // `\[1\]` and `\[x\]` are brackets that somebody escaped.
  if (display && !/[=^_+<>\\]/.test(tex)) return null;
  return { raw: source.slice(0, end + 2), tex, display };
}

const DOUBLE = /^\$\$(?!\$)([^$]+?)\$\$(?!\$)/;
const SINGLE = /^\$(?![\s$])((?:\\[^\n]|[^$\\\n])+)\$(?![\w$])/;

function readDollars(source: string, before: string): Formula | null {
  if (source[0] !== '$' || /[\w$\\]$/.test(before)) return null;
  const double = DOUBLE.exec(source.slice(0, LONGEST));
  if (double) {
    const tex = double[1]?.trim() ?? '';
    const close = double[1] === tex || /[=^_+<>\\]/.test(tex);
    return close && isFormula(tex) ? { raw: double[0], tex, display: true } : null;
  }
  const single = SINGLE.exec(source.slice(0, LONGEST_IN_DOLLARS));
  const tex = single?.[1] ?? '';
  if (!single || /\s$/.test(tex) || !isFormula(tex)) return null;
  return { raw: single[0], tex, display: false };
}

/**
 * Told from an amount of money and from prose: a command, or letters that are no words. What begins
 * with a figure, like an amount, needs a power or an index as well.
 */
function isFormula(tex: string): boolean {
  if (/\\[a-z]/i.test(tex)) return true;
  if (isProse(tex)) return false;
  if (/^[-−+]?[\d.,]/.test(tex)) return /[\^_]/.test(tex);
  return /\p{L}/u.test(tex);
}

/** Figures alone may be a formula where nobody writes an amount: between two dollar signs each. */
function isCalculation(tex: string): boolean {
  return /\d/.test(tex) && /[=+*/<>]/.test(tex) && !isProse(tex);
}

const FUNCTIONS = /\b(?:sin|cos|tan|log|exp|lim|max|min|mod|gcd)\b/g;

/** A word of three letters that is no command, no argument of one, and no function. */
function isProse(tex: string): boolean {
  if (/\\[a-z]/i.test(tex)) return false;
  return /\p{L}{3}/u.test(tex.replace(/\{[^{}]*\}/g, ' ').replace(FUNCTIONS, ' '));
}
