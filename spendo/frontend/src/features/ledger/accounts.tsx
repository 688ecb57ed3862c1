import { Skeleton } from '@mantine/core';
import type { Account } from '../../api/accounts';
import type { User } from '../../api/session';
import { Amount } from '../../ui/amount';
import { Delayed } from '../../ui/delayed';
import { EmptyNote } from '../../ui/empty-note';
import { formatAmount, isZero } from '../../ui/format-amount';
import { formatDay, today } from '../../ui/format-date';
import { groupAccounts, kindWords } from './account-words';
import classes from './accounts.module.css';
import page from './home-page.module.css';

type Props = { accounts: Account[]; user: User };

export function Accounts({ accounts, user }: Props) {
  return (
    <section className={page.card} aria-labelledby="accounts-title">
      <h2 id="accounts-title" className={page.cardTitle}>
        Accounts
      </h2>
      {accounts.length === 0 ? (
        <EmptyNote>No accounts yet.</EmptyNote>
      ) : (
        groupAccounts(accounts).map(({ group, label, members }) => (
          <div key={group} className={classes.group}>
            <h3 className={classes.groupTitle}>{label}</h3>
            <ul>
              {members.map((account) => (
                <AccountRow key={account.id} account={account} user={user} />
              ))}
            </ul>
          </div>
        ))
      )}
    </section>
  );
}

function AccountRow({ account, user }: { account: Account; user: User }) {
  const now = today(user.time_zone);
  const details = [account.institution, kindWords(account.kind)].filter(Boolean).join(' · ');
  return (
    <li className={classes.row}>
      <div className={classes.who}>
        <p className={classes.name}>{account.name}</p>
        <p className={classes.detail}>{details}</p>
      </div>
      <div className={classes.figures}>
        <p className={classes.balance}>
          <Amount value={account.balance} currency={account.currency} />
        </p>
        {!isZero(account.pending) && (
          <p className={classes.detail}>
            {formatAmount(account.pending, account.currency, { signed: true })} pending
          </p>
        )}
        {account.as_of !== now && (
          <p className={classes.detail}>as of {formatDay(account.as_of, now)}</p>
        )}
      </div>
    </li>
  );
}

export function AccountsSkeleton() {
  return (
    <Delayed>
      <div className={page.card} aria-hidden="true">
        <div className={page.cardTitle}>
          <Skeleton width={80} height={15} my={2} />
        </div>
        <div className={classes.group}>
          {[0, 1, 2, 3].map((row) => (
            <div key={row} className={classes.skeletonRow}>
              <div>
                <Skeleton width={120} height={13} my={4} />
                <Skeleton width={88} height={10} my={4} />
              </div>
              <Skeleton width={84} height={13} my={4} />
            </div>
          ))}
        </div>
      </div>
    </Delayed>
  );
}
