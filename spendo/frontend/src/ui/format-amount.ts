const MINUS = '\u2212';

export type AmountFormat = {
  /** BCP 47; the browser's language by default. */
  locale?: string;
  /** Shows a plus before what is above zero, for lists where money goes both ways. */
  signed?: boolean;
};

/**
 * The exact decimal text in the currency's own style. The text goes to Intl as it is, never through
 * a JavaScript number, and with as many decimals as it has, so that nothing is rounded or invented.
 */
export function formatAmount(
  amount: `${number}`,
  currency: string,
  { locale, signed = false }: AmountFormat = {},
): string {
  const decimals = amount.split('.')[1]?.length ?? 0;
  const format = new Intl.NumberFormat(locale, {
    ...currencyStyle(currency),
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
    signDisplay: signed ? 'exceptZero' : 'negative',
  });
  const words = format
    .formatToParts(amount)
    .map((part) => (part.type === 'minusSign' ? MINUS : part.value))
    .join('');
  return isCurrencyCode(currency) ? words : `${words} ${currency}`.trim();
}

/** What the amount is below zero, as text: no arithmetic is needed to know. */
export function isNegative(amount: `${number}`): boolean {
  return amount.startsWith('-') && !isZero(amount);
}

export function isZero(amount: `${number}`): boolean {
  return !/[1-9]/.test(amount);
}

function currencyStyle(currency: string): Intl.NumberFormatOptions {
  return isCurrencyCode(currency) ? { style: 'currency', currency } : { style: 'decimal' };
}

function isCurrencyCode(currency: string): boolean {
  return /^[A-Za-z]{3}$/.test(currency);
}
