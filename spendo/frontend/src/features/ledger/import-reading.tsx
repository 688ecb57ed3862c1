import { Button, NativeSelect } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { Account } from '../../api/accounts';
import type { Preview, Reading } from '../../api/imports';
import { ImportAccount } from './import-account';
import {
  DATE_ORDERS,
  DECIMAL_MARKS,
  ImportColumns,
  mappingOf,
  readingWords,
} from './import-columns';
import classes from './import-page.module.css';

type Props = {
  preview: Preview;
  reading: Reading;
  accounts: Account[];
  onChoose: (choices: Record<string, unknown>) => void;
  onForget: (header: number) => void;
  busy: boolean;
};

/** How a table is read: seen, changed, and forgotten where it was remembered. */
export function ImportReading(props: Props) {
  const { preview, reading, onForget, busy } = props;
  const [open, setOpen] = useState(false);
  const { remembered } = preview;
  return (
    <div className={classes.reading}>
      <div className={classes.readingLine}>
        <p className={classes.quiet}>
          {remembered !== null && <strong>Read like your last file with these columns. </strong>}
          {readingWords(reading)}
        </p>
        <div className={classes.buttons}>
          <Button
            variant="default"
            size="sm"
            aria-expanded={open}
            onClick={() => setOpen(!open)}
            disabled={busy}
          >
            {open ? 'Keep it so' : 'Read it differently'}
          </Button>
          {remembered !== null && (
            <Button variant="subtle" size="sm" onClick={() => onForget(remembered)} disabled={busy}>
              Forget
            </Button>
          )}
        </div>
      </div>
      {open && <Form {...props} onDone={() => setOpen(false)} />}
    </div>
  );
}

function Form({
  preview,
  reading,
  accounts,
  onChoose,
  onDone,
  busy,
}: Props & { onDone: () => void }) {
  const [next, setNext] = useState(reading);
  const [account, setAccount] = useState<Record<string, unknown> | null>({});
  const [target] = preview.accounts;
  const changes = account && changed(reading, next, account);

  function send(event: FormEvent) {
    event.preventDefault();
    if (!changes) return;
    onChoose(changes);
    onDone();
  }
  return (
    <form className={classes.readingForm} onSubmit={send}>
      <div className={classes.fields}>
        {target && preview.accounts.length === 1 && (
          <ImportAccount accounts={accounts} initial={target.id} onAnswer={setAccount} />
        )}
        <ImportColumns columns={preview.columns} reading={next} onChange={setNext} />
        <NativeSelect
          label="Order of the dates"
          value={next.date_order ?? ''}
          onChange={({ currentTarget }) => setNext({ ...next, date_order: currentTarget.value })}
          data={Object.entries(DATE_ORDERS).map(([value, label]) => ({ value, label }))}
        />
        <NativeSelect
          label="Decimals"
          value={next.decimal_mark ?? ''}
          onChange={({ currentTarget }) => setNext({ ...next, decimal_mark: currentTarget.value })}
          data={Object.entries(DECIMAL_MARKS).map(([value, label]) => ({ value, label }))}
        />
      </div>
      <Button type="submit" disabled={!changes || busy}>
        Read it so
      </Button>
    </form>
  );
}

/** Only what is otherwise than before; null while something is missing. */
function changed(
  before: Reading,
  next: Reading,
  account: Record<string, unknown>,
): Record<string, unknown> | null {
  const mapping = mappingOf(next);
  if (!mapping) return null;
  const { date_order, decimal_mark } = next;
  return {
    ...account,
    ...(JSON.stringify(mapping) === JSON.stringify(mappingOf(before)) ? {} : { mapping }),
    ...(date_order === before.date_order ? {} : { date_order }),
    ...(decimal_mark === before.decimal_mark ? {} : { decimal_mark }),
  };
}
