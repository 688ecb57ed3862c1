import { UnstyledButton } from '@mantine/core';
import { formatFullDay } from '../../ui/format-date';
import { CloseIcon } from '../../ui/icons';
import {
  type FilterName,
  isFiltered,
  joinValues,
  lastDay,
  splitValues,
  withFilter,
} from './filter';
import classes from './filter-chips.module.css';
import type { Names } from './filter-form';

type Props = {
  filter: URLSearchParams;
  names: Names;
  onChange: (filter: URLSearchParams) => void;
  onClear: () => void;
};

type Chip = { key: string; words: string; without: URLSearchParams };

const MEASURES: Record<string, string> = {
  spending: 'Counted as spending',
  income: 'Counted as income',
  net: 'Counted as spending or income',
};

/** Everything that narrows the list, each with a way to take it off. */
export function FilterChips({ filter, names, onChange, onClear }: Props) {
  if (!isFiltered(filter)) return null;
  return (
    <div className={classes.chips}>
      <ul className={classes.list} aria-label="Filters">
        {chips(filter, names).map(({ key, words, without }) => (
          <li key={key}>
            <UnstyledButton
              className={classes.chip}
              aria-label={`Remove filter: ${words}`}
              onClick={() => onChange(without)}
            >
              <span className={classes.words}>{words}</span>
              <CloseIcon size={14} />
            </UnstyledButton>
          </li>
        ))}
      </ul>
      <UnstyledButton className={classes.clear} onClick={onClear}>
        Clear all
      </UnstyledButton>
    </div>
  );
}

function chips(filter: URLSearchParams, names: Names): Chip[] {
  const plain = (name: FilterName, words: (value: string) => string): Chip[] => {
    const value = filter.get(name);
    return value
      ? [{ key: name, words: words(value), without: withFilter(filter, name, null) }]
      : [];
  };
  const each = (name: FilterName, words: (value: string) => string): Chip[] => {
    const values = splitValues(filter.get(name) ?? '');
    return values.map((value) => ({
      key: `${name} ${value}`,
      words: words(value),
      without: withFilter(filter, name, joinValues(values.filter((other) => other !== value))),
    }));
  };
  return [
    ...plain('text', (value) => `“${value}”`),
    ...plain('from', (value) => `From ${day(value)}`),
    ...plain('to', (value) => `To ${day(lastDay(value) ?? value)}`),
    ...each('category', (value) =>
      value === 'none' ? 'No category' : nameOf(names.categories, value, 'Another category'),
    ),
    ...each('merchant', (value) => value),
    ...each('account', (value) => nameOf(names.accounts, value, 'Another account')),
    ...each('tag', (value) => `Tag ${value}`),
    ...plain('direction', (value) => (value === 'in' ? 'Money in' : 'Money out')),
    ...plain('min', (value) => `At least ${value}`),
    ...plain('max', (value) => `At most ${value}`),
    ...plain('pending', (value) => (value === 'only' ? 'Pending only' : 'Without pending')),
    ...plain('transfers', () => 'With transfers'),
    ...plain('counted', (value) => MEASURES[value] ?? value),
    ...plain('ids', () => 'Rows of an answer'),
  ];
}

function nameOf(things: { id: number; name: string }[], id: string, unknown: string): string {
  return things.find((thing) => String(thing.id) === id)?.name ?? unknown;
}

function day(value: string): string {
  return /^\d{4}-\d{2}-\d{2}$/.test(value)
    ? formatFullDay(value as `${number}-${number}-${number}`)
    : value;
}
