import type { Transaction } from '../../api/transactions';
import { Amount } from '../../ui/amount';
import { formatDay, formatFullDay } from '../../ui/format-date';
import { categoryWords, marks, subtitle, title } from './transaction-words';
import classes from './transactions.module.css';

type Props = { rows: Transaction[]; today: Transaction['date'] };

export function TransactionTable({ rows, today }: Props) {
  return (
    <div className={classes.scroll}>
      <table className={classes.table} aria-labelledby="transactions-title">
        <thead>
          <tr>
            <th scope="col">Date</th>
            <th scope="col">Description</th>
            <th scope="col">Category</th>
            <th scope="col" className={classes.accountCell}>
              Account
            </th>
            <th scope="col" className={classes.amountCell}>
              Amount
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <td className={classes.quiet}>
                <time dateTime={row.date} title={formatFullDay(row.date)}>
                  {formatDay(row.date, today)}
                </time>
              </td>
              <td>
                <div className={classes.titleLine}>
                  <span className={classes.name}>{title(row)}</span>
                  {marks(row).map((mark) => (
                    <span key={mark} className={classes.mark}>
                      {mark}
                    </span>
                  ))}
                </div>
                {subtitle(row) && <span className={classes.subtitle}>{subtitle(row)}</span>}
              </td>
              <td className={classes.quiet}>{categoryWords(row)}</td>
              <td className={`${classes.quiet} ${classes.accountCell}`}>{row.account}</td>
              <td className={classes.amountCell}>
                <Amount value={row.amount} currency={row.currency} signed />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
