import {
  type ExactAmount,
  exactAmount,
  flag,
  integer,
  list,
  type PlainDate,
  plainDate,
  record,
  text,
} from './decode';
import { request } from './request';

/** `kind` and `group` are open: a kind this app does not know is still shown. */
export type Account = {
  id: number;
  name: string;
  institution: string;
  kind: string;
  group: string;
  currency: string;
  balance: ExactAmount;
  pending: ExactAmount;
  as_of: PlainDate;
};

export type LeftOutCurrency = { currency: string; balance: ExactAmount; accounts: number };

/** Totals are in `currency`; what is in another one is in `left_out`, and then `partial` is true. */
export type AccountsOverview = {
  accounts: Account[];
  currency: string;
  total_balance: ExactAmount;
  cash_balance: ExactAmount;
  savings_balance: ExactAmount;
  investing_retirement: ExactAmount;
  property: ExactAmount;
  loans: ExactAmount;
  partial: boolean;
  left_out: LeftOutCurrency[];
};

const overview = record<AccountsOverview>({
  accounts: list(
    record<Account>({
      id: integer,
      name: text,
      institution: text,
      kind: text,
      group: text,
      currency: text,
      balance: exactAmount,
      pending: exactAmount,
      as_of: plainDate,
    }),
  ),
  currency: text,
  total_balance: exactAmount,
  cash_balance: exactAmount,
  savings_balance: exactAmount,
  investing_retirement: exactAmount,
  property: exactAmount,
  loans: exactAmount,
  partial: flag,
  left_out: list(
    record<LeftOutCurrency>({ currency: text, balance: exactAmount, accounts: integer }),
  ),
});

export function fetchAccounts(userId: number, signal?: AbortSignal): Promise<AccountsOverview> {
  return request('GET', `/customuser/${userId}/accounts/`, overview, { signal });
}
