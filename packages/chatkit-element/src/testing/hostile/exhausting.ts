const many = (text: string, length: number): string => text.repeat(length / text.length);
const steps = (length: number, line: (step: number) => string): string =>
  Array.from({ length: Math.sqrt(2 * length) }, (_, step) => line(step)).join('\n');

/**
 * Texts of about `length` characters that make careless readers of markdown work for minutes, or
 * exhaust their stack. Each has the word "readable" at its end.
 */
export function exhaustingTexts(length: number): Record<string, string> {
  const texts: Record<string, string> = {
    words: many('word ', length),
    'one word': many('a', length),
    'one line of dots': many('.', length),
    'lines of one letter': many('a\n', length),
    'white space': `a${many(' ', length)}b`,
    tabs: many('\t', length),
    'empty lines': many('\n', length),
    stars: many('*', length),
    'marks that only close': many('a*', length),
    'marks that only open': many('*a ', length),
    'marks in marks': `${many('*a _b ', length / 2)}${many('_ *', length / 2)}`,
    'bold in bold': `${many('**a ', length / 2)}${many('b** ', length / 2)}`,
    'struck in struck': `${many('~~a ~b ', length / 2)}${many('~ ~~', length / 2)}`,
    backticks: many('`', length),
    'code that never ends': many('`a ', length),
    'ever longer code marks': steps(length, (step) => '`'.repeat(step + 1)),
    backslashes: many('\\', length),
    'opening brackets': many('[', length),
    'brackets in brackets': `${many('[', length / 2)}${many(']', length / 2)}`,
    'links in links': `${many('[', length / 5)}a${many('](b)', length / 1.25)}`,
    'links that never end': many('[a](', length),
    'titles that never end': many('[a](b "', length),
    'images in images': `${many('![', length / 3)}a${many('](b)', length / 1.5)}`,
    'parentheses in a link': `[a](${many('(', length / 2)}${many(')', length / 2)}`,
    'definitions of links': many('[a]: b\n', length),
    'half definitions': many('[a]:\n', length),
    'tags that never end': many('<a ', length),
    'attributes without end': `<a ${many('a=b ', length)}`,
    'comments that never end': many('<!-- ', length),
    'sections that never end': many('<![CDATA[', length),
    'character references': many('&amp;', length),
    'references in an address': `http://a.b/${many('&a;', length)}`,
    addresses: many('http://a.b ', length),
    'an address of dots': `http://a.${many('b.', length)}`,
    'a mailbox of dots': `${many('a.', length)}@`,
    mailboxes: many('a@b.', length),
    'quotes in quotes': many('>', length),
    'ever deeper quotes': steps(length, (step) => `${'>'.repeat(step)}a`),
    'quotes with lazy lines': many('> a\nb\n\n', length),
    'lists in lists': many('- ', length),
    'numbers in numbers': many('1. ', length),
    'ever deeper lists': steps(length, (step) => `${' '.repeat(step)}- a`),
    'lists in quotes': many('> - ', length),
    'an item of many lines': `- a\n${many('   b\n', length)}`,
    'a long list': many('- a\n', length),
    'a list of quotes': many('- > a\n  b\n', length),
    'a quote of lists': many('> - a\n  b\n', length),
    'many lists': many('- a\n- b\n\ntext\n\n', length),
    headings: many('# a\n', length),
    'an underline': `a\n${many('=', length)}`,
    dashes: `${many('-', length)}a`,
    pipes: many('|', length),
    'a long table': `|a|b|\n|-|-|\n${many('|a|b|\n', length)}`,
    'a wide table': `${many('|a', length / 2)}|\n${many('|-', length / 2)}|\n`,
    'fences that never end': many('```\n', length),
    'formulas that never end': many('\\(a ', length),
    'dollar signs': many('$', length),
    'prices in a row': many('$5 ', length),
  };
  for (const [name, text] of Object.entries(texts)) texts[name] = `${text}\n\nreadable`;
  return texts;
}
