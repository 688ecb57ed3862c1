import { Button } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { fetchAccounts } from '../../api/accounts';
import type { User } from '../../api/session';
import { fetchTransactions } from '../../api/transactions';
import { EmptyNote } from '../../ui/empty-note';
import { ErrorNote } from '../../ui/error-note';
import { errorWords } from '../../ui/error-words';
import { Accounts, AccountsSkeleton } from './accounts';
import { Balances, BalancesSkeleton } from './balances';
import classes from './home-page.module.css';
import { Transactions } from './transactions';

const PAGE_SIZE = 20;

type Props = { user: User; onAsk: () => void; onImport: () => void };

export function HomePage({ user, onAsk, onImport }: Props) {
  const accounts = useQuery({
    queryKey: [user.id, 'accounts'],
    queryFn: ({ signal }) => fetchAccounts(user.id, signal),
  });
  const transactions = useInfiniteQuery({
    queryKey: [user.id, 'transactions'],
    queryFn: ({ pageParam, signal }) =>
      fetchTransactions({ limit: PAGE_SIZE, after: pageParam }, signal),
    initialPageParam: null as number | null,
    getNextPageParam: (last) => (last.has_more ? last.after : null),
  });
  const nothingYet =
    accounts.data?.accounts.length === 0 && transactions.data?.pages[0]?.data.length === 0;

  return (
    <>
      <title>Overview · Spendo</title>
      <h1 className={classes.title}>Overview</h1>
      {nothingYet ? (
        <div className={classes.card}>
          <EmptyNote
            action={
              <>
                <Button onClick={onImport}>Import a file from your bank</Button>
                <Button variant="default" onClick={onAsk}>
                  Ask what Spendo can do
                </Button>
              </>
            }
          >
            You have no accounts yet; balances and transactions show here as soon as there is one.
          </EmptyNote>
        </div>
      ) : (
        <>
          {accounts.data ? (
            <Balances overview={accounts.data} />
          ) : accounts.error ? (
            <ErrorNote
              message={errorWords(accounts.error)}
              onRetry={() => void accounts.refetch()}
              retrying={accounts.isFetching}
            />
          ) : (
            <BalancesSkeleton />
          )}
          <div className={classes.columns}>
            <Transactions
              query={transactions}
              user={user}
              title="Recent transactions"
              empty={<EmptyNote>No transactions yet.</EmptyNote>}
            />
            {accounts.data ? (
              <Accounts accounts={accounts.data.accounts} user={user} />
            ) : (
              !accounts.error && <AccountsSkeleton />
            )}
          </div>
        </>
      )}
    </>
  );
}
