import { Button, NativeSelect, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { Account } from '../../api/accounts';
import type { Needs } from '../../api/imports';
import page from './home-page.module.css';
import classes from './import-page.module.css';

type Props = {
  fileName: string;
  needs: Needs;
  accounts: Account[];
  onChoose: (choices: Record<string, unknown>) => void;
  onCancel: () => void;
  busy: boolean;
};

/** What a file does not say about itself. */
export function ImportNeeds({ fileName, needs, accounts, onChoose, onCancel, busy }: Props) {
  const [choices, setChoices] = useState<Record<string, unknown> | null>(null);

  function send(event: FormEvent) {
    event.preventDefault();
    if (choices) onChoose(choices);
  }
  return (
    <section className={page.card} aria-labelledby="needs-title">
      <h2 id="needs-title" className={page.cardTitle}>
        {fileName}
      </h2>
      <form className={classes.needs} onSubmit={send}>
        <p>{needs.message}</p>
        <Question needs={needs} accounts={accounts} onAnswer={setChoices} />
        <div className={classes.buttons}>
          <Button type="submit" disabled={!choices} loading={busy}>
            Continue
          </Button>
          <Button variant="default" onClick={onCancel}>
            Do not import
          </Button>
        </div>
      </form>
    </section>
  );
}

type QuestionProps = {
  needs: Needs;
  accounts: Account[];
  onAnswer: (choices: Record<string, unknown> | null) => void;
};

function Question({ needs, accounts, onAnswer }: QuestionProps) {
  switch (needs.code) {
    case 'account':
      return <AccountQuestion accounts={accounts} onAnswer={onAnswer} />;
    case 'mapping':
      return <ColumnsQuestion columns={needs.choices} onAnswer={onAnswer} />;
    default:
      return <OneOf needs={needs} onAnswer={onAnswer} />;
  }
}

const NEW = 'new';

function AccountQuestion({ accounts, onAnswer }: Omit<QuestionProps, 'needs'>) {
  const [chosen, setChosen] = useState('');
  const [name, setName] = useState('');
  const answer = (next: string, called: string) => {
    setChosen(next);
    setName(called);
    if (next === NEW)
      onAnswer(called.trim() ? { new_account: called.trim(), account_id: null } : null);
    else {
      const account = accounts.find(({ id }) => String(id) === next);
      onAnswer(account ? { account_id: account.id, new_account: null } : null);
    }
  };
  return (
    <div className={classes.fields}>
      <NativeSelect
        label="Account"
        value={chosen}
        onChange={({ currentTarget }) => answer(currentTarget.value, name)}
        data={[
          { value: '', label: 'Choose an account' },
          ...accounts.map((account) => ({
            value: String(account.id),
            label: `${account.name} (${account.currency})`,
          })),
          { value: NEW, label: 'A new account' },
        ]}
      />
      {chosen === NEW && (
        <TextInput
          label="Its name"
          maxLength={120}
          value={name}
          onChange={({ currentTarget }) => answer(NEW, currentTarget.value)}
        />
      )}
    </div>
  );
}

const COLUMNS = [
  { name: 'date', label: 'Date' },
  { name: 'description', label: 'Description' },
  { name: 'amount', label: 'Amount (one column)' },
  { name: 'debit', label: 'Money out' },
  { name: 'credit', label: 'Money in' },
  { name: 'category', label: 'Category' },
] as const;

type Columns = Partial<Record<(typeof COLUMNS)[number]['name'], string>>;

function ColumnsQuestion({
  columns,
  onAnswer,
}: {
  columns: string[];
  onAnswer: QuestionProps['onAnswer'];
}) {
  const [mapping, setMapping] = useState<Columns>({});
  const choose = (name: keyof Columns, column: string) => {
    const next = { ...mapping, [name]: column };
    setMapping(next);
    const complete = next.date && next.description && (next.amount || (next.debit && next.credit));
    const said = Object.fromEntries(Object.entries(next).filter(([, value]) => value));
    onAnswer(complete ? { mapping: said } : null);
  };
  return (
    <div className={classes.fields}>
      {COLUMNS.map(({ name, label }) => (
        <NativeSelect
          key={name}
          label={label}
          value={mapping[name] ?? ''}
          onChange={({ currentTarget }) => choose(name, currentTarget.value)}
          data={[
            { value: '', label: 'Not in this file' },
            ...columns.map((column) => ({ value: column, label: column })),
          ]}
        />
      ))}
    </div>
  );
}

/** The name of what is chosen, and how each choice is put into words. */
const QUESTIONS: Record<string, { choice: string; label: string; words: Record<string, string> }> =
  {
    ambiguous_dates: {
      choice: 'date_order',
      label: 'Order of the dates',
      words: {
        dmy: 'Day, month, year (31/12/2026)',
        mdy: 'Month, day, year (12/31/2026)',
        ymd: 'Year, month, day (2026/12/31)',
      },
    },
    ambiguous_amounts: {
      choice: 'decimal_mark',
      label: 'Decimals',
      words: { '.': 'A point (1,234.56)', ',': 'A comma (1.234,56)' },
    },
    encoding: { choice: 'encoding', label: 'Encoding', words: {} },
    profile: { choice: 'profile', label: 'Where the file is from', words: {} },
  };

function OneOf({ needs, onAnswer }: Omit<QuestionProps, 'accounts'>) {
  const question = QUESTIONS[needs.code];
  if (!question || needs.choices.length === 0) return null;
  const { choice, label, words } = question;
  return (
    <NativeSelect
      className={classes.field ?? ''}
      label={label}
      defaultValue=""
      onChange={({ currentTarget: { value } }) => onAnswer(value ? { [choice]: value } : null)}
      data={[
        { value: '', label: 'Choose' },
        ...needs.choices.map((value) => ({ value, label: words[value.toLowerCase()] ?? value })),
      ]}
    />
  );
}
