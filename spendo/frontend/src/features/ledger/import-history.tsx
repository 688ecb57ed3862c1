import { Button } from '@mantine/core';
import type { Imports } from '../../api/imports';
import page from './home-page.module.css';
import classes from './import-page.module.css';

type Props = {
  imports: Imports;
  onOpen: (draftId: string) => void;
  onRemove: (id: string | number) => void;
  removing: string | number | null;
};

/** What waits, and what was imported before. */
export function ImportHistory({ imports: { data, drafts }, onOpen, onRemove, removing }: Props) {
  if (data.length + drafts.length === 0) return null;
  return (
    <section className={page.card} aria-labelledby="history-title">
      <h2 id="history-title" className={page.cardTitle}>
        Imports
      </h2>
      <ul className={classes.history}>
        {drafts.map((draft) => (
          <li key={draft.id} className={classes.entry}>
            <div className={classes.entryWords}>
              <p className={classes.entryName}>{draft.file_name}</p>
              <p className={classes.quiet}>Not imported yet · {when(draft.created_at)}</p>
            </div>
            <Button variant="default" size="sm" onClick={() => onOpen(draft.id)}>
              Continue
            </Button>
            <Button
              variant="subtle"
              size="sm"
              onClick={() => onRemove(draft.id)}
              loading={removing === draft.id}
            >
              Discard
            </Button>
          </li>
        ))}
        {data.map((batch) => (
          <li key={batch.id} className={classes.entry}>
            <div className={classes.entryWords}>
              <p className={classes.entryName}>{batch.file_name}</p>
              <p className={classes.quiet}>
                {batch.status === 'reverted'
                  ? 'Taken back'
                  : `${batch.added.toLocaleString()} added`}{' '}
                · {when(batch.created_at)}
              </p>
            </div>
            {batch.status !== 'reverted' && (
              <Button
                variant="default"
                size="sm"
                aria-label={`Undo import of ${batch.file_name}`}
                onClick={() => onRemove(batch.id)}
                loading={removing === batch.id}
              >
                Undo
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function when(moment: string): string {
  const at = new Date(moment);
  return Number.isNaN(at.getTime())
    ? ''
    : new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' }).format(at);
}
