import classes from './amount.module.css';
import { formatAmount } from './format-amount';

type Props = { value: `${number}`; currency: string; signed?: boolean; className?: string };

/** An amount of money, exact, in figures of one width. */
export function Amount({ value, currency, signed = false, className = '' }: Props) {
  return (
    <span className={`${classes.amount} ${className}`}>
      {formatAmount(value, currency, { signed })}
    </span>
  );
}
