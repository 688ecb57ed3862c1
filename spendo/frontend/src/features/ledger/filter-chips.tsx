import { UnstyledButton } from '@mantine/core';
import { CloseIcon } from '../../ui/icons';
import { type FilterName, isFiltered, joinValues, splitValues, withFilter } from './filter';
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

/** What narrows the list beside the form, each with a way to take it off. */
export function FilterChips({ filter, names, onChange, onClear }: Props) {
  if (!isFiltered(filter)) return null;
  const shown = chips(filter, names);
  return (
    <div className={classes.chips}>
      <ul className={classes.list} aria-label="Filters" hidden={shown.length === 0}>
        {shown.map(({ key, words, without }) => (
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
  // The form shows one of them itself.
  const several = (name: FilterName, words: (value: string) => string): Chip[] =>
    filter.get(name)?.includes(',') ? each(name, words) : [];
  return [
    ...several('category', (value) =>
      value === 'none' ? 'No category' : nameOf(names.categories, value, 'Another category'),
    ),
    ...plain('exact', () => 'Without what is below it'),
    ...each('merchant', (value) => value),
    ...several('account', (value) => nameOf(names.accounts, value, 'Another account')),
    ...each('tag', (value) => `Tag ${value}`),
    ...plain('direction', (value) => (value === 'in' ? 'Money in' : 'Money out')),
    ...plain('min', (value) => `At least ${value}`),
    ...plain('max', (value) => `At most ${value}`),
    ...plain('pending', (value) => (value === 'only' ? 'Pending only' : 'Without pending')),
    ...plain('counted', (value) => MEASURES[value] ?? value),
    // What a total counts has no transfers in it anyway.
    ...(filter.get('transfers') === '0' && !filter.has('counted')
      ? plain('transfers', () => 'Without transfers')
      : []),
    ...plain('id', () => 'The rows of an answer'),
  ];
}

function nameOf(things: { id: number; name: string }[], id: string, unknown: string): string {
  return things.find((thing) => String(thing.id) === id)?.name ?? unknown;
}
