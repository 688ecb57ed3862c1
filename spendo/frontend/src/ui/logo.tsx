import classes from './logo.module.css';

/** The name with its mark: two entries of a ledger and their sum. */
export function Logo() {
  return (
    <span className={classes.logo}>
      <svg width="24" height="24" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
        <rect className={classes.ground} width="24" height="24" rx="6" />
        <path className={classes.strokes} d="M6.5 8h7M6.5 12h11M6.5 16.5h11" />
      </svg>
      Spendo
    </span>
  );
}
