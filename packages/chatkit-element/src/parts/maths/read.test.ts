import { describe, expect, it } from 'vitest';
import { lex } from '../../markdown/bounded-lexer';
import { extensions, withoutOpenFormula } from '../math';

interface Node {
  type: string;
  raw: string;
  text?: string;
  tokens?: Node[];
  items?: Node[];
  rows?: Node[][];
}

/** The formulas of a text, in order. */
function formulas(text: string): string[] {
  const collect = (nodes: Node[]): string[] =>
    nodes.flatMap((node) =>
      node.type === 'formula'
        ? [node.text ?? '']
        : collect([...(node.tokens ?? []), ...(node.items ?? []), ...(node.rows ?? []).flat()]),
    );
  return collect(lex(text, extensions) as Node[]);
}

describe('[row 81] formulas', () => {
  it.each([
    ['\\(a^2 + b^2\\)', 'a^2 + b^2'],
    ['inline \\(x\\) and \\(5\\)', 'x|5'],
    ['\\[ x = 5 \\]', 'x = 5'],
    ['\\[\nx\n\\]', 'x'],
    ['The sum is:\n\\[\nx = 1\n\\]\nand more.', 'x = 1'],
    ['$$x^2$$', 'x^2'],
    ['$$\n\\frac{income}{total}\n$$', '\\frac{income}{total}'],
    ['$$ 5 + 3 = 8 $$', '5 + 3 = 8'],
    ['a $$x^2$$ within', 'x^2'],
    ['$x$', 'x'],
    ['$f(x)$, $a-b$ and $E = mc^2$', 'f(x)|a-b|E = mc^2'],
    ['$2^n$', '2^n'],
    ['$\\alpha$-level', '\\alpha'],
    ['- in a list: $x^2$\n- \\(y\\)', 'x^2|y'],
    ['> \\(q\\)', 'q'],
    ['**bold \\(x\\)**', 'x'],
    ['| a | b |\n|--|--|\n| $x^2$ | $5 |', 'x^2'],
    ['$\\sin(x)$ and $sin(x)$', '\\sin(x)|sin(x)'],
    ['\\(a_1 * b_1\\) and \\(a_2 * b_2\\)', 'a_1 * b_1|a_2 * b_2'],
  ])('%s', (text, expected) => {
    expect(formulas(text).join('|')).toBe(expected);
  });

  it.each([
    '$5 and $6',
    '$5-$6',
    '$5, or 6$',
    'Between $1,650.00 and $1,700.00 a month, +$5.00.',
    '**$412.36** on food, $12 on *travel*',
    'US$5 and A$6, 5$ and 6$',
    'from $5 (see_note) to $6 (see_note)',
    'It costs 5$ in US$ and 6$ in CA$.',
    '$5 = €4.60, $6 = €5.50',
    '$5M + 10M$',
    'the price is $$ to $$$',
    '$$ - $$$ - $$$$',
    'price range: $$ to $$, cheap',
    '$HOME and $PATH, $a/$b',
    '$TSLA$ and $AAPL$',
    '\\$5 and \\$6^2$',
    '`$x$` and `\\(x\\)`',
    '```\n$$x$$\n```',
    '| $5 | $6 |\n|--|--|\n| −$7.00 | ($8.00) |',
    '\\[not a link\\](https://example.com)',
    '\\[1\\] and \\[x\\]',
    '\\(see below\\)',
    '$ x $',
    '$x\ny$',
    '$x$5',
    'unclosed \\(x and $$y',
    '-$5 … -$6_000',
  ])('are none in: %s', (text) => {
    expect(formulas(text)).toEqual([]);
  });

  it('wait while they are written, and money does not', () => {
    expect(withoutOpenFormula('so \\(a^2 + ')).toBe('so ');
    expect(withoutOpenFormula('so\n$$\na = ')).toBe('so\n');
    expect(withoutOpenFormula('so\n$$\na = b $')).toBe('so\n');
    expect(withoutOpenFormula('so \\[ a')).toBe('so ');
    expect(withoutOpenFormula('so \\(a\\) and $$b$$ is')).toBe('so \\(a\\) and $$b$$ is');
    expect(withoutOpenFormula('costs $5 and $6')).toBe('costs $5 and $6');
    expect(withoutOpenFormula('code `\\(` is')).toBe('code `\\(` is');
  });
});
