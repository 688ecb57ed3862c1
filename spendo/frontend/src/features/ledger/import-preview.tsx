import { Button, Checkbox, UnstyledButton } from '@mantine/core';
import type { Account } from '../../api/accounts';
import type { JudgedRow, Preview, Verdict } from '../../api/imports';
import { Amount } from '../../ui/amount';
import page from './home-page.module.css';
import classes from './import-page.module.css';
import { ImportReading } from './import-reading';
import table from './transactions.module.css';

type Props = {
  fileName: string;
  preview: Preview;
  accounts: Account[];
  choices: Record<string, unknown>;
  verdict: Verdict | null;
  onVerdict: (verdict: Verdict | null) => void;
  onChoose: (choices: Record<string, unknown>) => void;
  onForget: (header: number) => void;
  onCommit: () => void;
  onCancel: () => void;
  busy: boolean;
  committing: boolean;
};

const VERDICTS: { verdict: Verdict; words: string; mark: string }[] = [
  { verdict: 'new', words: 'new', mark: 'New' },
  { verdict: 'settles', words: 'settle a pending row', mark: 'Settles' },
  { verdict: 'known', words: 'already here', mark: 'Already here' },
  { verdict: 'likely_duplicate', words: 'probably already here', mark: 'Probably here' },
  { verdict: 'refused', words: 'cannot be read', mark: 'Cannot be read' },
  { verdict: 'ignored', words: 'no transactions', mark: 'No transaction' },
];

export function ImportPreview(props: Props) {
  const { fileName, preview, choices, verdict, onVerdict, onChoose, onCommit, onCancel } = props;
  const count = (name: Verdict) => preview.counts[name] ?? 0;
  const alsoDuplicates = choices.with_duplicates === true;
  const wanted = count('new') + count('settles') + (alsoDuplicates ? count('likely_duplicate') : 0);
  return (
    <section className={page.card} aria-labelledby="preview-title" aria-busy={props.busy}>
      <div className={classes.head}>
        <div>
          <h2 id="preview-title" className={classes.fileName}>
            {fileName}
          </h2>
          <p className={classes.quiet} aria-live="polite">
            {props.committing
              ? `Adding ${inWords(wanted)} … Either all of them come or none.`
              : whereTo(preview)}
          </p>
        </div>
        <div className={classes.buttons}>
          <Button
            onClick={onCommit}
            disabled={wanted === 0 || props.busy}
            loading={props.committing}
          >
            {wanted === 0 ? 'Nothing to import' : `Import ${inWords(wanted)}`}
          </Button>
          <Button variant="default" onClick={onCancel} disabled={props.committing}>
            Do not import
          </Button>
        </div>
      </div>
      {preview.reading && (
        <ImportReading
          preview={preview}
          reading={preview.reading}
          accounts={props.accounts}
          onChoose={onChoose}
          onForget={props.onForget}
          busy={props.busy}
        />
      )}
      <fieldset className={classes.verdicts} aria-label="Rows of the file">
        <VerdictButton pressed={verdict === null} onClick={() => onVerdict(null)}>
          All rows
        </VerdictButton>
        {VERDICTS.filter((each) => count(each.verdict) > 0).map((each) => (
          <VerdictButton
            key={each.verdict}
            pressed={verdict === each.verdict}
            onClick={() => onVerdict(each.verdict)}
          >
            {count(each.verdict).toLocaleString()} {each.words}
          </VerdictButton>
        ))}
      </fieldset>
      {count('likely_duplicate') > 0 && (
        <Checkbox
          className={classes.duplicates ?? ''}
          checked={alsoDuplicates}
          onChange={({ currentTarget }) => onChoose({ with_duplicates: currentTarget.checked })}
          label="Import what is probably already here, too"
        />
      )}
      <div className={table.scroll}>
        <table className={`${table.table} ${classes.rows}`} aria-label="Rows of the file">
          <thead>
            <tr>
              <th scope="col">Line</th>
              <th scope="col">Date</th>
              <th scope="col">Description</th>
              <th scope="col">What happens</th>
              <th scope="col" className={table.amountCell}>
                Amount
              </th>
            </tr>
          </thead>
          <tbody>
            {preview.rows.map((row, place) => (
              // Some banks write a whole file into one line.
              // biome-ignore lint/suspicious/noArrayIndexKey: rows have no name of their own
              <Row key={`${row.line} ${place}`} row={row} several={preview.accounts.length > 1} />
            ))}
          </tbody>
        </table>
      </div>
      {preview.truncated && (
        <p className={classes.more}>These are the first {preview.rows.length} of them.</p>
      )}
    </section>
  );
}

/** `several`: the file is about more than one account. */
function Row({ row, several }: { row: JudgedRow; several: boolean }) {
  const mark = VERDICTS.find(({ verdict }) => verdict === row.verdict)?.mark ?? row.verdict;
  const { amount, currency } = row;
  return (
    <tr>
      <td className={table.quiet}>{row.line}</td>
      <td className={table.quiet}>{row.date && <time dateTime={row.date}>{row.date}</time>}</td>
      <td>
        <span className={table.name}>{row.merchant || row.description}</span>
        {row.merchant && row.description && row.merchant !== row.description && (
          <span className={table.subtitle}>{row.description}</span>
        )}
      </td>
      <td>
        <span className={classes.mark} data-verdict={row.verdict}>
          {mark}
        </span>
        {several && row.account && <span className={table.subtitle}>{row.account}</span>}
        {row.reason && <span className={table.subtitle}>{row.reason}</span>}
        {row.category && !row.reason && <span className={table.subtitle}>{row.category}</span>}
      </td>
      <td className={table.amountCell}>
        {amount !== null && currency !== null && (
          <Amount value={amount} currency={currency} signed />
        )}
      </td>
    </tr>
  );
}

function VerdictButton(props: {
  pressed: boolean;
  onClick: () => void;
  children: React.ReactNode;
}) {
  return (
    <UnstyledButton
      className={classes.verdict}
      aria-pressed={props.pressed}
      onClick={props.onClick}
    >
      {props.children}
    </UnstyledButton>
  );
}

function whereTo({ accounts, new_categories: categories }: Preview): string {
  const names = accounts.map(({ id, name, currency }) =>
    id === null ? `${name} (${currency}, a new account)` : `${name} (${currency})`,
  );
  const made = categories.length
    ? ` New categories: ${new Intl.ListFormat('en').format(categories)}.`
    : '';
  return names.length ? `Into ${new Intl.ListFormat('en').format(names)}.${made}` : made.trim();
}

function inWords(count: number): string {
  return `${count.toLocaleString()} ${count === 1 ? 'transaction' : 'transactions'}`;
}
