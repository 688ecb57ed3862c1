import type { FilterTotals } from '../../api/transactions';
import { Amount } from '../../ui/amount';
import { formatAmount } from '../../ui/format-amount';
import classes from './totals.module.css';

/** What all rows of the filter come to, whether they are loaded or not. */
export function Totals({ count, totals }: { count: number; totals: FilterTotals }) {
  const { currency } = totals;
  const parts = [
    { label: 'Spent', value: totals.spending },
    { label: 'Received', value: totals.income },
    { label: 'Net', value: totals.net },
  ];
  return (
    <>
      <dl className={classes.totals}>
        <div className={classes.part}>
          <dt className={classes.label}>Transactions</dt>
          <dd className={classes.figure}>{count.toLocaleString()}</dd>
        </div>
        {parts.map(({ label, value }) => (
          <div key={label} className={classes.part}>
            <dt className={classes.label}>{label}</dt>
            <dd className={classes.figure}>
              <Amount value={value} currency={currency} />
            </dd>
          </div>
        ))}
      </dl>
      <p className={classes.note}>{notes(totals).join(' ')}</p>
    </>
  );
}

function notes({ pending, left_out: leftOut }: FilterTotals): string[] {
  const money = leftOut.map(({ amount, currency }) => formatAmount(amount, currency));
  return [
    'Transfers between your accounts are not spending or income.',
    ...(pending === 0
      ? []
      : [
          `${pending.toLocaleString()} pending ${pending === 1 ? 'row waits' : 'rows wait'} to be counted.`,
        ]),
    ...(money.length === 0
      ? []
      : [`Not in these totals, because no exchange rate is known: ${money.join(', ')}.`]),
  ];
}
