import { Button } from '@mantine/core';
import type { KnownHeader } from '../../api/imports';
import page from './home-page.module.css';
import classes from './import-page.module.css';

type Props = {
  headers: KnownHeader[];
  onForget: (header: number) => void;
  forgetting: number | null;
};

/** The tables whose columns were explained once: the next file with them is read so, too. */
export function ImportHeaders({ headers, onForget, forgetting }: Props) {
  if (headers.length === 0) return null;
  return (
    <section className={page.card} aria-labelledby="headers-title">
      <h2 id="headers-title" className={page.cardTitle}>
        Tables you explained
      </h2>
      <ul className={classes.history}>
        {headers.map((header) => (
          <li key={header.id} className={classes.entry}>
            <div className={classes.entryWords}>
              <p className={classes.entryName}>{header.columns.join(', ')}</p>
              <p className={classes.quiet}>{where(header)}</p>
            </div>
            <Button
              variant="default"
              size="sm"
              aria-label={`Forget the table with ${header.columns.join(', ')}`}
              onClick={() => onForget(header.id)}
              loading={forgetting === header.id}
            >
              Forget
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function where({ account, several_accounts: several }: KnownHeader): string {
  if (several) return 'For several accounts: you are asked which one';
  return account ? `Into ${account}` : 'You are asked for the account';
}
