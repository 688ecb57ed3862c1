import { Button, NativeSelect, TextInput, UnstyledButton } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { Account } from '../../api/accounts';
import type { Category } from '../../api/categories';
import { dayAfter, type FilterName, filterOf, lastDay, withFilter } from './filter';
import classes from './filter-form.module.css';

export type Names = { accounts: Account[]; categories: Category[] };

type Props = {
  filter: URLSearchParams;
  names: Names;
  onChange: (filter: URLSearchParams) => void;
};

const orders = [
  { value: '', label: 'Newest first' },
  { value: 'oldest', label: 'Oldest first' },
  { value: 'largest', label: 'Largest first' },
];

/** What people look for most. Choices act at once, words when they are sent. */
export function FilterForm({ filter, names, onChange }: Props) {
  const [open, setOpen] = useState(false);
  const choose = (name: FilterName | 'sort') => (event: { currentTarget: { value: string } }) =>
    onChange(withFilter(filter, name, event.currentTarget.value));

  function search(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const words = String(new FormData(event.currentTarget).get('text') ?? '').trim();
    onChange(filterOf(withFilter(filter, 'text', words)));
  }

  return (
    <search>
      <form className={classes.form} data-open={open || undefined} onSubmit={search}>
        <TextInput
          key={filter.get('text')}
          className={classes.words ?? ''}
          name="text"
          type="search"
          label="Search"
          placeholder="Shop, description or note"
          defaultValue={filter.get('text') ?? ''}
          maxLength={100}
          rightSectionWidth={78}
          rightSection={
            <Button type="submit" variant="subtle" size="compact-sm">
              Search
            </Button>
          }
        />
        <UnstyledButton
          className={classes.more ?? ''}
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          {open ? 'Fewer filters' : 'More filters'}
        </UnstyledButton>
        <NativeSelect
          label="Category"
          value={one(filter.get('category'))}
          onChange={choose('category')}
          data={[
            { value: '', label: 'All categories' },
            { value: 'none', label: 'No category' },
            ...names.categories.map(({ id, name }) => ({ value: String(id), label: name })),
            ...several(filter.get('category')),
          ]}
        />
        <NativeSelect
          label="Account"
          value={one(filter.get('account'))}
          onChange={choose('account')}
          data={[
            { value: '', label: 'All accounts' },
            ...names.accounts.map(({ id, name }) => ({ value: String(id), label: name })),
            ...several(filter.get('account')),
          ]}
        />
        <TextInput
          type="date"
          label="From"
          value={filter.get('from') ?? ''}
          onChange={choose('from')}
        />
        <TextInput
          type="date"
          label="To"
          value={lastDay(filter.get('to')) ?? ''}
          onChange={({ currentTarget }) =>
            onChange(withFilter(filter, 'to', dayAfter(currentTarget.value)))
          }
        />
        <NativeSelect
          label="Order"
          value={filter.get('sort') ?? ''}
          onChange={choose('sort')}
          data={orders}
        />
      </form>
    </search>
  );
}

/** Several values come from an answer's link; the form can only show that there are some. */
function several(value: string | null): { value: string; label: string }[] {
  return value?.includes(',') ? [{ value: SEVERAL, label: 'Several' }] : [];
}

function one(value: string | null): string {
  return value?.includes(',') ? SEVERAL : (value ?? '');
}

const SEVERAL = 'several';
