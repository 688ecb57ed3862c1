export const paths = {
  home: '/',
  transactions: '/transactions',
  imports: '/import',
  signIn: '/sign-in',
  signUp: '/sign-up',
} as const;

/** Where a link of an answer leads in this app; null when there is no such page. */
export function addressOf(name: string, data: Record<string, unknown>): string | null {
  if (name !== 'transactions') return null;
  const texts = Object.entries(data).filter((pair): pair is [string, string] => {
    return typeof pair[1] === 'string';
  });
  const query = new URLSearchParams(texts).toString();
  return query ? `${paths.transactions}?${query}` : paths.transactions;
}
