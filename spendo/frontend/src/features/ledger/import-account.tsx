import { NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Account } from '../../api/accounts';

const NEW = 'new';

type Props = {
  accounts: Account[];
  initial?: number | null;
  onAnswer: (choices: Record<string, unknown> | null) => void;
};

/** Which account a file is about: one that is there, or a new one with its name. */
export function ImportAccount({ accounts, initial = null, onAnswer }: Props) {
  const [chosen, setChosen] = useState(initial === null ? '' : String(initial));
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
    <>
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
    </>
  );
}
