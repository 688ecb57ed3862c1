import {
  type ExactAmount,
  exactAmount,
  flag,
  integer,
  list,
  nullable,
  type PlainDate,
  plainDate,
  record,
  text,
} from './decode';
import { request } from './request';

/** `amount` is signed: negative is money out. */
export type Transaction = {
  id: number;
  date: PlainDate;
  description: string;
  merchant: string;
  category: string | null;
  account: string;
  amount: ExactAmount;
  currency: string;
  pending: boolean;
  transfer: boolean;
};

export type TransactionPage = { data: Transaction[]; has_more: boolean; after: number | null };

const page = record<TransactionPage>({
  data: list(
    record<Transaction>({
      id: integer,
      date: plainDate,
      description: text,
      merchant: text,
      category: nullable(text),
      account: text,
      amount: exactAmount,
      currency: text,
      pending: flag,
      transfer: flag,
    }),
  ),
  has_more: flag,
  after: nullable(integer),
});

/** Newest first; `after` is the last page's `after`. */
export function fetchTransactions(
  { limit, after }: { limit: number; after: number | null },
  signal?: AbortSignal,
): Promise<TransactionPage> {
  const query = new URLSearchParams({ limit: String(limit) });
  if (after !== null) query.set('after', String(after));
  return request('GET', `/transactions/?${query}`, page, { signal });
}
