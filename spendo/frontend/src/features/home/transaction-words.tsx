import type { Transaction } from '../../api/transactions';
import classes from './transactions.module.css';

/** What the row is called: the shop, or the bank's text when there is none. */
export function title({ merchant, description }: Transaction): string {
  return merchant || description || 'Transaction';
}

/** The bank's text, unless it says no more than the title. */
export function subtitle(transaction: Transaction): string | null {
  const { description } = transaction;
  const same = description.toLowerCase() === title(transaction).toLowerCase();
  return description && !same ? description : null;
}

/** What a row is besides its amount, in words. */
export function Marks({ transaction }: { transaction: Transaction }) {
  return (
    <>
      {transaction.pending && <span className={classes.mark}>Pending</span>}
      {transaction.transfer && <span className={classes.mark}>Transfer</span>}
    </>
  );
}
