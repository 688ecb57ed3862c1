const CODES =
  'USD EUR GBP JPY CHF CAD AUD NZD CNY HKD SGD INR KRW TWD SEK NOK DKK ISK PLN CZK HUF RON BGN TRY UAH ILS AED SAR KWD EGP ZAR NGN KES BRL MXN ARS CLP COP PEN THB IDR MYR PHP VND'.split(
    ' ',
  );

/** Currencies to choose from, by their code, with their name in the user's language. */
export function currencyChoices(locale?: string): { value: string; label: string }[] {
  const names = new Intl.DisplayNames(locale ? [locale] : [], { type: 'currency' });
  return CODES.map((code) => ({ value: code, label: `${code} · ${names.of(code) ?? code}` }));
}
