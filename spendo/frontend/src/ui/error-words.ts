/** The sentences of an error for the user: ours have some; anything else must not be shown. */
export function errorWords(error: unknown): string {
  if (error instanceof Error && error.name === 'ApiError') return error.message;
  return 'Something did not work. Try again; if it happens again, reload the page.';
}

/** The same with what the server says of each value, for values that stand in no form here. */
export function errorWordsOfValues(error: unknown): string {
  const fields = error instanceof Error && 'fields' in error ? error.fields : null;
  const details = Object.values((fields ?? {}) as Record<string, readonly string[]>).flat();
  return [errorWords(error), ...details].join(' ');
}
