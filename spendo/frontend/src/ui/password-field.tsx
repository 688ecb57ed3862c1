import { ActionIcon, TextInput, type TextInputProps } from '@mantine/core';
import { useState } from 'react';
import { EyeIcon, EyeOffIcon } from './icons';

/**
 * A password that can be shown. Mantine's own field reacts to the press of the mouse and not to a
 * click, which assistive tools send, and does not tie its error to the input.
 */
export function PasswordField(props: TextInputProps) {
  const [visible, setVisible] = useState(false);
  return (
    <TextInput
      {...props}
      type={visible ? 'text' : 'password'}
      autoCapitalize="none"
      autoCorrect="off"
      spellCheck={false}
      rightSectionWidth={44}
      rightSection={
        <ActionIcon
          variant="subtle"
          size={34}
          aria-label={visible ? 'Hide password' : 'Show password'}
          onClick={() => setVisible((before) => !before)}
        >
          {visible ? <EyeOffIcon /> : <EyeIcon />}
        </ActionIcon>
      }
    />
  );
}
