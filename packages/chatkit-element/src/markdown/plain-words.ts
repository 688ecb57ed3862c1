import type { Token, Tokens } from 'marked';
import { BlockLexer, normalise } from './block-lexer';
import { decodeEntities } from './entities';

/** Markdown as it is read aloud: the words without the marks, a row of a table as a sentence. */
export function plainWords(text: string): string {
  return new BlockLexer()
    .read(normalise(text), false)
    .map(wordsOf)
    .join(' ')
    .replace(/\s+/g, ' ')
    .trim();
}

function wordsOf(token: Token): string {
  switch (token.type) {
    case 'table':
      return rows(token as Tokens.Table);
    case 'list':
      return (token as Tokens.List).items.map(inside).join(' ');
    case 'hr':
    case 'def':
    case 'checkbox':
      return ' ';
    case 'br':
      return ' ';
    default:
      return 'tokens' in token && token.tokens ? inside(token) : decodeEntities(ownText(token));
  }
}

function inside(token: { tokens?: Token[] }): string {
  const separator = token.tokens?.some(isBlock) ? ' ' : '';
  return (token.tokens ?? []).map(wordsOf).join(separator);
}

function isBlock(token: Token): boolean {
  return ['paragraph', 'list', 'table', 'code', 'heading', 'blockquote', 'space'].includes(
    token.type,
  );
}

function ownText(token: Token): string {
  return 'text' in token && typeof token.text === 'string' ? token.text : token.raw;
}

function rows({ header, rows }: Tokens.Table): string {
  return [header, ...rows].map((row) => `${row.map(inside).join(', ')}.`).join(' ');
}
