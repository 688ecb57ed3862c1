import { Button } from '@mantine/core';
import { AlertIcon } from './icons';
import classes from './notes.module.css';

type Props = { message: string; onRetry?: () => void; retrying?: boolean };

/** An error, where it happened: what went wrong, what to do, and a way to do it. */
export function ErrorNote({ message, onRetry, retrying = false }: Props) {
  return (
    <div className={classes.error} role="alert">
      <div className={classes.errorWords}>
        <AlertIcon className={classes.errorIcon} />
        <p className={classes.errorText}>{message}</p>
      </div>
      {onRetry && (
        <Button variant="default" size="sm" onClick={onRetry} loading={retrying}>
          Try again
        </Button>
      )}
    </div>
  );
}
