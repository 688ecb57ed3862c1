import { Button, Skeleton, VisuallyHidden } from '@mantine/core';
import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { User } from '../../api/session';
import type { TransactionPage } from '../../api/transactions';
import { Delayed } from '../../ui/delayed';
import { ErrorNote } from '../../ui/error-note';
import { errorWordsOfValues } from '../../ui/error-words';
import { today } from '../../ui/format-date';
import { usePhone } from '../../ui/use-phone';
import page from './home-page.module.css';
import { TransactionList } from './transaction-list';
import { TransactionTable } from './transaction-table';
import classes from './transactions.module.css';

type Props = {
  query: UseInfiniteQueryResult<InfiniteData<TransactionPage>>;
  user: User;
  title: string;
  /** What they come to, under the title. */
  summary?: ReactNode;
  empty: ReactNode;
};

export function Transactions({ query, user, title, summary, empty }: Props) {
  const phone = usePhone();
  const rows = query.data?.pages.flatMap(({ data }) => data) ?? [];
  const Rows = phone ? TransactionList : TransactionTable;
  return (
    <section
      className={page.card}
      aria-labelledby="transactions-title"
      aria-busy={query.isPlaceholderData}
    >
      <h2 id="transactions-title" className={page.cardTitle}>
        {title}
      </h2>
      {summary}
      {query.isPending ? (
        <TransactionsSkeleton />
      ) : rows.length > 0 ? (
        <Rows rows={rows} today={today(user.time_zone)} />
      ) : (
        query.data && empty
      )}
      {query.error && (
        <div className={classes.foot}>
          <ErrorNote
            message={errorWordsOfValues(query.error)}
            onRetry={() => void (query.data ? query.fetchNextPage() : query.refetch())}
            retrying={query.isFetching}
          />
        </div>
      )}
      {query.hasNextPage && !query.error && (
        <div className={classes.foot}>
          <Button
            variant="default"
            onClick={() => void query.fetchNextPage()}
            loading={query.isFetchingNextPage}
          >
            Load more
          </Button>
        </div>
      )}
      <VisuallyHidden role="status">
        {rows.length > 0 && `${rows.length} transactions shown`}
      </VisuallyHidden>
    </section>
  );
}

function TransactionsSkeleton() {
  return (
    <Delayed>
      <div aria-hidden="true">
        {[0, 1, 2, 3, 4, 5].map((row) => (
          <div key={row} className={classes.skeletonRow}>
            <Skeleton width={64} height={14} />
            <Skeleton width="40%" height={14} />
            <Skeleton width={72} height={14} ml="auto" />
          </div>
        ))}
      </div>
    </Delayed>
  );
}
