import type { Account, AccountsOverview } from '../api/accounts';
import type { User } from '../api/session';
import type { Transaction } from '../api/transactions';

export const user: User = {
  id: 7,
  username: 'robin',
  email: '',
  first_name: 'Robin',
  last_name: '',
  occupation: '',
  time_zone: 'UTC',
  currency: 'USD',
  is_staff: false,
};

export function account(changes: Partial<Account> = {}): Account {
  return {
    id: 1,
    name: 'Everyday checking',
    institution: 'First Harbor',
    kind: 'checking',
    group: 'cash',
    currency: 'USD',
    balance: '1500.25',
    pending: '0.00',
    as_of: '2026-11-22',
    ...changes,
  };
}

export function overview(changes: Partial<AccountsOverview> = {}): AccountsOverview {
  return {
    accounts: [account()],
    currency: 'USD',
    total_balance: '9001.25',
    cash_balance: '1500.25',
    savings_balance: '2500.00',
    investing_retirement: '5001.00',
    property: '0.00',
    loans: '0.00',
    partial: false,
    left_out: [],
    ...changes,
  };
}

export function transaction(changes: Partial<Transaction> = {}): Transaction {
  return {
    id: 1,
    date: '2026-11-20',
    description: 'CORNER MARKET 0231',
    merchant: 'Corner Market',
    category: 'Groceries',
    account: 'Everyday checking',
    amount: '-64.18',
    currency: 'USD',
    pending: false,
    transfer: false,
    ...changes,
  };
}
