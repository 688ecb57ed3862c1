import { Button } from '@mantine/core';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { fetchAccounts } from '../../api/accounts';
import { fetchCategories } from '../../api/categories';
import type { User } from '../../api/session';
import { fetchTransactions } from '../../api/transactions';
import { EmptyNote } from '../../ui/empty-note';
import { filterOf, isFiltered } from './filter';
import { FilterChips } from './filter-chips';
import { FilterForm } from './filter-form';
import page from './home-page.module.css';
import { Totals } from './totals';
import { Transactions } from './transactions';

const PAGE_SIZE = 50;

type Props = {
  user: User;
  address: URLSearchParams;
  onAddress: (filter: URLSearchParams) => void;
};

/** All rows that the address names, what they come to, and a form that writes the address. */
export function TransactionsPage({ user, address, onAddress }: Props) {
  const filter = filterOf(address);
  const accounts = useQuery({
    queryKey: [user.id, 'accounts'],
    queryFn: ({ signal }) => fetchAccounts(user.id, signal),
  });
  const categories = useQuery({
    queryKey: [user.id, 'categories'],
    queryFn: ({ signal }) => fetchCategories(signal),
  });
  const transactions = useInfiniteQuery({
    queryKey: [user.id, 'transactions', filter.toString()],
    queryFn: ({ pageParam, signal }) =>
      fetchTransactions(
        { limit: PAGE_SIZE, after: pageParam, filter, totals: pageParam === null },
        signal,
      ),
    initialPageParam: null as number | null,
    getNextPageParam: (last) => (last.has_more ? last.after : null),
    placeholderData: keepPreviousData,
  });
  const first = transactions.data?.pages[0];
  const names = {
    accounts: accounts.data?.accounts ?? [],
    categories: categories.data ?? [],
  };
  const clear = () => onAddress(new URLSearchParams());

  return (
    <>
      <title>Transactions · Spendo</title>
      <h1 className={page.title}>Transactions</h1>
      <section className={page.card} aria-label="Which transactions">
        <FilterForm filter={filter} names={names} onChange={onAddress} />
        <FilterChips filter={filter} names={names} onChange={onAddress} onClear={clear} />
      </section>
      <Transactions
        query={transactions}
        user={user}
        title={isFiltered(filter) ? 'Matching transactions' : 'All transactions'}
        summary={first?.totals && <Totals count={first.count ?? 0} totals={first.totals} />}
        empty={
          isFiltered(filter) ? (
            <EmptyNote
              action={
                <Button variant="default" onClick={clear}>
                  Show all transactions
                </Button>
              }
            >
              No transaction is like that.
            </EmptyNote>
          ) : (
            <EmptyNote>No transactions yet. Import a file from your bank to begin.</EmptyNote>
          )
        }
      />
    </>
  );
}
