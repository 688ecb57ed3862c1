import type { Transaction } from '../../api/transactions';

/** What the row is called: the shop, or the bank's text when there is none. */
export function title({ merchant, description }: Transaction): string {
  return merchant || description || 'Transaction';
}

/** The bank's text, unless it only repeats the title ("CORNER MARKET 0231" for "Corner Market"). */
export function subtitle(transaction: Transaction): string | null {
  const { description } = transaction;
  const repeats = letters(description).includes(letters(title(transaction)));
  return description && !repeats ? description : null;
}

/** The category, or that there is none; a transfer needs none. */
export function categoryWords({ category, transfer }: Transaction): string {
  return category ?? (transfer ? '' : 'No category');
}

function letters(words: string): string {
  return words.toLowerCase().replace(/[^\p{L}]/gu, '');
}

/** What a row is besides its amount, in words. */
export function marks({ pending, transfer }: Transaction): string[] {
  return [...(pending ? ['Pending'] : []), ...(transfer ? ['Transfer'] : [])];
}
