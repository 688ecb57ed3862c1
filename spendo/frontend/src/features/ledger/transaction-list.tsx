import type { Transaction } from '../../api/transactions';
import { Amount } from '../../ui/amount';
import { formatDay } from '../../ui/format-date';
import { categoryWords, marks, title } from './transaction-words';
import classes from './transactions.module.css';

type Props = { rows: Transaction[]; today: Transaction['date'] };

/** The same rows for a narrow screen: the days are headings, so that each row needs two lines. */
export function TransactionList({ rows, today }: Props) {
  return byDay(rows).map(({ date, members }) => (
    <div key={date} className={classes.day}>
      <h3 className={classes.dayTitle}>
        <time dateTime={date}>{formatDay(date, today)}</time>
      </h3>
      <ul>
        {members.map((row) => (
          <li key={row.id} className={classes.item}>
            <div className={classes.itemWords}>
              <span className={classes.name}>{title(row)}</span>
              <span className={classes.subtitle}>
                {[...marks(row), categoryWords(row), row.account].filter(Boolean).join(' · ')}
              </span>
            </div>
            <span className={classes.itemAmount}>
              <Amount value={row.amount} currency={row.currency} signed />
            </span>
          </li>
        ))}
      </ul>
    </div>
  ));
}

type Day = { date: Transaction['date']; members: Transaction[] };

function byDay(rows: Transaction[]): Day[] {
  const days: Day[] = [];
  for (const row of rows) {
    const last = days.at(-1);
    if (last?.date === row.date) last.members.push(row);
    else days.push({ date: row.date, members: [row] });
  }
  return days;
}
