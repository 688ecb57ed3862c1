import { Skeleton } from '@mantine/core';
import type { AccountsOverview, LeftOutCurrency } from '../../api/accounts';
import { Amount } from '../../ui/amount';
import { Delayed } from '../../ui/delayed';
import { formatAmount, isZero } from '../../ui/format-amount';
import classes from './balances.module.css';

const kinds = [
  { field: 'cash_balance', label: 'Cash' },
  { field: 'savings_balance', label: 'Savings' },
  { field: 'investing_retirement', label: 'Investing & retirement' },
  { field: 'property', label: 'Property', optional: true },
  { field: 'loans', label: 'Loans', optional: true },
] as const;

export function Balances({ overview }: { overview: AccountsOverview }) {
  const { currency, left_out: leftOut } = overview;
  return (
    <section className={classes.panel} aria-labelledby="balances-title">
      <div className={classes.total}>
        <h2 id="balances-title" className={classes.label}>
          Total balance{overview.partial && `, ${currency} only`}
        </h2>
        <p className={classes.hero}>
          <Amount value={overview.total_balance} currency={currency} />
        </p>
      </div>
      <dl className={classes.kinds}>
        {shown(overview).map(({ field, label }) => (
          <div key={field} className={classes.kind}>
            <dt className={classes.label}>{label}</dt>
            <dd className={classes.figure}>
              <Amount value={overview[field]} currency={currency} />
            </dd>
          </div>
        ))}
      </dl>
      {leftOut.length > 0 && <p className={classes.leftOut}>{leftOutWords(leftOut)}</p>}
    </section>
  );
}

/** Who has no house and no loan is not told so. */
function shown(overview: AccountsOverview) {
  return kinds.filter((kind) => !('optional' in kind) || !isZero(overview[kind.field]));
}

function leftOutWords(leftOut: LeftOutCurrency[]): string {
  const parts = leftOut.map(
    ({ balance, currency, accounts }) =>
      `${formatAmount(balance, currency)} in ${accounts === 1 ? 'one account' : `${accounts} accounts`}`,
  );
  const list = new Intl.ListFormat('en', { type: 'conjunction' }).format(parts);
  return `Not in these totals: ${list}. No exchange rate of the last days is known.`;
}

export function BalancesSkeleton() {
  return (
    <Delayed>
      <div className={classes.panel} aria-hidden="true">
        <div className={classes.total}>
          <Skeleton width={96} height={13} my={4} />
          <Skeleton width={220} height={36} my={6} />
        </div>
        <div className={classes.kinds}>
          {kinds.slice(0, 3).map(({ field }) => (
            <div key={field} className={classes.kind}>
              <Skeleton width={72} height={13} my={4} />
              <Skeleton width={112} height={18} my={6} />
            </div>
          ))}
        </div>
      </div>
    </Delayed>
  );
}
