import { NativeSelect } from '@mantine/core';
import type { Reading } from '../../api/imports';

const COLUMNS = [
  { name: 'date', label: 'Date' },
  { name: 'description', label: 'Description' },
  { name: 'amount', label: 'Amount (one column)' },
  { name: 'debit', label: 'Money out' },
  { name: 'credit', label: 'Money in' },
  { name: 'category', label: 'Category' },
  { name: 'currency', label: 'Currency' },
  { name: 'account', label: 'Account of each row' },
] as const;
type Name = (typeof COLUMNS)[number]['name'];

/** What may stand in several columns. */
const isJoined = (name: Name) => name === 'description' || name === 'category';

type Props = {
  columns: string[];
  samples?: string[];
  reading: Reading;
  onChange: (reading: Reading) => void;
};

/** Which column means what, and how money out is written. */
export function ImportColumns({ columns, samples = [], reading, onChange }: Props) {
  const choose = (name: Name, column: string) =>
    onChange({ ...reading, [name]: isJoined(name) ? [column].filter(Boolean) : column });
  return (
    <>
      {COLUMNS.map(({ name, label }) => (
        <NativeSelect
          key={name}
          label={label}
          value={[reading[name]].flat()[0] ?? ''}
          onChange={({ currentTarget }) => choose(name, currentTarget.value)}
          data={[
            { value: '', label: 'Not in this file' },
            ...columns.map((column, place) => ({
              value: column,
              label: samples[place] ? `${column}: ${shortened(samples[place])}` : column,
            })),
          ]}
        />
      ))}
      {reading.amount && !reading.rest.sign && (
        <NativeSelect
          label="Money out is written"
          value={reading.money_out_is_positive ? 'plain' : 'minus'}
          onChange={({ currentTarget }) =>
            onChange({ ...reading, money_out_is_positive: currentTarget.value === 'plain' })
          }
          data={[
            { value: 'minus', label: 'With a minus (−12.30)' },
            { value: 'plain', label: 'Without a minus (12.30)' },
          ]}
        />
      )}
    </>
  );
}

function shortened(sample: string): string {
  return sample.length > 24 ? `${sample.slice(0, 23)}…` : sample;
}

/** As the server takes it; null while something is missing. */
export function mappingOf(reading: Reading): Record<string, unknown> | null {
  const { rest, date_order: _, decimal_mark: __, ...columns } = reading;
  const { date, description, amount, debit, credit } = columns;
  if (!date || !description?.length || !(amount || (debit && credit))) return null;
  const said = Object.entries(columns).filter(([, value]) => [value].flat()[0]);
  return { ...rest, ...Object.fromEntries(said) };
}

/** The names of the choices, and how each one is put into words. */
export const DATE_ORDERS = {
  dmy: 'Day first (31/12/2026)',
  mdy: 'Month first (12/31/2026)',
  ymd: 'Year first (2026/12/31)',
};
export const DECIMAL_MARKS = { '.': 'A point (1,234.56)', ',': 'A comma (1.234,56)' };

export function readingWords({ date, amount, debit, credit, description, ...rest }: Reading) {
  const columns: [string, string | undefined][] = [
    ['date', date],
    ['amount', amount],
    ['its sign', typeof rest.rest.sign === 'string' ? rest.rest.sign : undefined],
    ['money out', amount ? undefined : debit],
    ['money in', amount ? undefined : credit],
    ['description', description?.join(' and ')],
    ['category', rest.category?.join(' and ')],
    ['currency', rest.currency],
    ['account', rest.account],
  ];
  const said = columns
    .filter(([, column]) => column)
    .map(([meaning, column]) => `${meaning} from “${column}”`);
  const [first = '', ...others] = said;
  return `${[first.charAt(0).toUpperCase() + first.slice(1), ...others].join(', ')}.`;
}
