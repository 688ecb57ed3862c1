import { Button } from '@mantine/core';
import type { ImportResult } from '../../api/imports';
import page from './home-page.module.css';
import classes from './import-page.module.css';

type Props = { result: ImportResult; onShow: () => void; onUndo: () => void; undoing: boolean };

export function ImportDone({ result, onShow, onUndo, undoing }: Props) {
  return (
    <section className={`${page.card} ${classes.head}`} role="status" aria-label="Imported">
      <div>
        <p className={classes.fileName}>{counted(result.added, 'transaction')} added</p>
        <p className={classes.quiet}>{rest(result)}</p>
      </div>
      <div className={classes.buttons}>
        <Button onClick={onShow}>Show transactions</Button>
        {result.id !== null && (
          <Button variant="default" onClick={onUndo} loading={undoing}>
            Undo import
          </Button>
        )}
      </div>
    </section>
  );
}

function rest(result: ImportResult): string {
  const parts = [
    [result.settled, 'pending row settled', 'pending rows settled'],
    [result.known, 'was already here', 'were already here'],
    [
      result.likely_duplicates,
      'left out as a probable duplicate',
      'left out as probable duplicates',
    ],
    [result.refused, 'could not be read', 'could not be read'],
    [result.transfers, 'transfer recognised', 'transfers recognised'],
  ] as const;
  return parts
    .filter(([count]) => count > 0)
    .map(([count, one, many]) => `${count.toLocaleString()} ${count === 1 ? one : many}`)
    .join(' · ');
}

function counted(count: number, one: string): string {
  return `${count.toLocaleString()} ${count === 1 ? one : `${one}s`}`;
}
