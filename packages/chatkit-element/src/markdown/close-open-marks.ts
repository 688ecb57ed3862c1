import type { Maths } from './maths';

/**
 * Makes a block that is still being written show as it will show when complete: open emphasis and
 * code are closed, a link under construction shows its words, and a line that is only the start of
 * a list, heading or table waits until it says more.
 */
export function closeOpenMarks(text: string, maths: Maths | null = null): string {
  if (text.length > LONGEST) return text;
  const lines = (maths?.withoutOpenFormula(text) ?? text).replace(UNFINISHED_LINE, '');
  if (UNFINISHED_TABLE.test(lines)) return '';
  const code = openCodeSpan(lines);
  if (code) return lines.endsWith(code) ? lines.slice(0, -code.length) : lines + code;
  const linked = lines
    .replace(HALF_STRIKE, '')
    .replace(OPEN_LINK_TARGET, '$1')
    .replace(OPEN_LINK_END, '$1')
    .replace(OPEN_LINK_LABEL, '$1');
  return closeEmphasis(linked, maths);
}

/** Nobody writes so much without an empty line; to look through it for each word takes too long. */
const LONGEST = 20_000;
const UNFINISHED_LINE = /(?:^|\n)[ \t]*(?:[-=*+_]{1,3}|#{1,6}|>|\d{1,9}[.)]?)[ \t]*$/;
/** A header row whose line of dashes is not complete. */
const UNFINISHED_TABLE = /^[ \t]*\|[^\n]*(?:\n[|:\- \t]*)?$/;
const HALF_STRIKE = /(?<!~)~$/;
const OPEN_LINK_TARGET = /!?\[([^\][\n]*)\]\([^()\n]*$/;
const OPEN_LINK_END = /!?\[([^\][\n]*)\]$/;
const OPEN_LINK_LABEL = /!?\[([^\][\n]*)$/;

/** The run of backticks that opened a code span and has not come again. */
function openCodeSpan(text: string): string | null {
  let open: string | null = null;
  for (const [run] of text.matchAll(/`+/g)) {
    if (open === null) open = run;
    else if (open === run) open = null;
  }
  return open;
}

/** Code, and what a backslash takes its meaning from. A run of backticks is ended by one as long. */
const HIDDEN = /(?<!`)(`+)(?!`)[\s\S]*?(?<!`)\1(?!`)|\\./g;
const MARKS = /\*\*\*|\*\*|\*|~~/g;

function closeEmphasis(text: string, maths: Maths | null): string {
  const visible = (maths?.withFormulasHidden(text) ?? text).replace(HIDDEN, (hidden) =>
    ' '.repeat(hidden.length),
  );
  const open: string[] = [];
  for (const match of visible.matchAll(MARKS)) {
    const mark = match[0];
    if (open.at(-1) === mark) open.pop();
    else if (opensHere(visible, match.index, mark)) open.push(mark);
  }
  const dangling = /(?:\*{1,3}|~~)$/.exec(visible)?.[0];
  if (dangling && open.at(-1) === dangling) {
    open.pop();
    return closeAll(text.slice(0, -dangling.length), open);
  }
  return closeAll(text, open);
}

/** An opening mark stands before a visible character; a lone `*` of a list or a product does not. */
function opensHere(text: string, index: number, mark: string): boolean {
  const next = text[index + mark.length];
  if (next === undefined) return true;
  return !/\s/.test(next);
}

function closeAll(text: string, open: string[]): string {
  if (open.length === 0) return text;
  const trailing = /\s*$/.exec(text)?.[0] ?? '';
  return text.slice(0, text.length - trailing.length) + open.toReversed().join('') + trailing;
}
