import {
  type ExactAmount,
  exactAmount,
  flag,
  integer,
  list,
  nullable,
  optional,
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

export type LeftOutRows = { currency: string; amount: ExactAmount; transactions: number };

/** What all rows of a filter come to, in `currency`; spending is positive. */
export type FilterTotals = {
  currency: string;
  spending: ExactAmount;
  income: ExactAmount;
  net: ExactAmount;
  count: number;
  pending: number;
  partial: boolean;
  left_out: LeftOutRows[];
};

/** `count` is of all rows of the filter; `totals` is there when it was asked for. */
export type TransactionPage = {
  data: Transaction[];
  has_more: boolean;
  after: number | null;
  count?: number | undefined;
  totals?: FilterTotals | undefined;
};

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
  count: optional(integer),
  totals: optional(
    record<FilterTotals>({
      currency: text,
      spending: exactAmount,
      income: exactAmount,
      net: exactAmount,
      count: integer,
      pending: integer,
      partial: flag,
      left_out: list(
        record<LeftOutRows>({ currency: text, amount: exactAmount, transactions: integer }),
      ),
    }),
  ),
});

type Asked = {
  limit: number;
  after: number | null;
  /** Names rows as the address of the page does; without one it is every row. */
  filter?: URLSearchParams;
  totals?: boolean;
};

/** One page; `after` is the last page's `after`. */
export function fetchTransactions(
  { limit, after, filter, totals = false }: Asked,
  signal?: AbortSignal,
): Promise<TransactionPage> {
  const query = new URLSearchParams(filter);
  query.set('limit', String(limit));
  if (after !== null) query.set('after', String(after));
  if (totals) query.set('totals', '1');
  return request('GET', `/transactions/?${query}`, page, { signal });
}
