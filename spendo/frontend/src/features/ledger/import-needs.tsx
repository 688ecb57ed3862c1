import { Button, NativeSelect } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { Account } from '../../api/accounts';
import type { Needs, Reading } from '../../api/imports';
import page from './home-page.module.css';
import { ImportAccount } from './import-account';
import { DATE_ORDERS, DECIMAL_MARKS, ImportColumns, mappingOf } from './import-columns';
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
      return (
        <div className={classes.fields}>
          <ImportAccount
            accounts={accounts}
            onAnswer={(chosen) =>
              onAnswer(
                chosen && needs.account ? { accounts: { [needs.account]: named(chosen) } } : chosen,
              )
            }
          />
        </div>
      );
    case 'mapping':
      return <ColumnsQuestion needs={needs} onAnswer={onAnswer} />;
    default:
      return <OneOf needs={needs} onAnswer={onAnswer} />;
  }
}

/** Without what was not chosen. */
function named(chosen: Record<string, unknown>) {
  return Object.fromEntries(Object.entries(chosen).filter(([, value]) => value !== null));
}

function ColumnsQuestion({ needs, onAnswer }: Omit<QuestionProps, 'accounts'>) {
  const [reading, setReading] = useState<Reading>({ rest: {} });
  const choose = (next: Reading) => {
    setReading(next);
    const mapping = mappingOf(next);
    onAnswer(mapping && { mapping });
  };
  return (
    <div className={classes.fields}>
      <ImportColumns
        columns={needs.choices}
        samples={needs.samples}
        reading={reading}
        onChange={choose}
      />
    </div>
  );
}

/** The name of what is chosen, and how each choice is put into words. */
const QUESTIONS: Record<string, { choice: string; label: string; words: Record<string, string> }> =
  {
    ambiguous_dates: {
      choice: 'date_order',
      label: 'Order of the dates',
      words: DATE_ORDERS,
    },
    ambiguous_amounts: {
      choice: 'decimal_mark',
      label: 'Decimals',
      words: DECIMAL_MARKS,
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
