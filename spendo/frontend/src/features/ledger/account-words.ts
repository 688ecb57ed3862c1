import type { Account } from '../../api/accounts';

const GROUPS: readonly { group: string; label: string }[] = [
  { group: 'cash', label: 'Cash' },
  { group: 'saving', label: 'Savings' },
  { group: 'investing_retirement', label: 'Investing & retirement' },
  { group: 'property', label: 'Property' },
  { group: 'loans', label: 'Loans' },
];

const KINDS: Readonly<Record<string, string>> = {
  checking: 'Checking',
  credit_card: 'Credit card',
  cash: 'Cash',
  savings: 'Savings',
  investment: 'Investment',
  retirement: 'Retirement',
  loan: 'Loan',
  property: 'Property',
};

type Group = { group: string; label: string; members: Account[] };

/** Accounts by group in a fixed order; groups this app does not know come last, as "Other". */
export function groupAccounts(accounts: Account[]): Group[] {
  const known = GROUPS.map(({ group, label }) => ({
    group,
    label,
    members: accounts.filter((account) => account.group === group),
  }));
  const rest = accounts.filter((account) => !GROUPS.some(({ group }) => group === account.group));
  return [...known, { group: 'other', label: 'Other', members: rest }].filter(
    ({ members }) => members.length > 0,
  );
}

/** "credit_card" → "Credit card"; a kind that is not known is shown as words all the same. */
export function kindWords(kind: string): string {
  return KINDS[kind] ?? kind.replaceAll('_', ' ');
}
