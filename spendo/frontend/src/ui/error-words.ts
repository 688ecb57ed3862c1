/** The sentence of an error for the user: ours have one; anything else must not be shown. */
export function errorWords(error: unknown): string {
  if (error instanceof Error && error.name === 'ApiError') return error.message;
  return 'Something did not work. Try again; if it happens again, reload the page.';
}
