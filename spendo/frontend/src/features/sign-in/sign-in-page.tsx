import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useRef, useState } from 'react';
import { ApiError, type FieldErrors } from '../../api/api-error';
import { signIn, type User } from '../../api/session';
import { ErrorNote } from '../../ui/error-note';
import { errorWords } from '../../ui/error-words';
import classes from '../../ui/form.module.css';
import { PasswordField } from '../../ui/password-field';
import { signInErrorWords } from './sign-in-error';

type Props = { onSignedIn: (user: User) => void; notice: string | null; otherWay: ReactNode };

export function SignInPage({ onSignedIn, notice, otherWay }: Props) {
  const form = useRef<HTMLFormElement>(null);
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [missing, setMissing] = useState<FieldErrors>({});
  const attempt = useMutation({
    mutationFn: () => signIn(username, password),
    onSuccess: onSignedIn,
    onError: () => focusField(form.current, 'password'),
  });
  const refused = attempt.error instanceof ApiError ? attempt.error.fields : {};
  const fields: FieldErrors = { ...refused, ...missing };
  const hasFieldErrors = Object.keys(refused).length > 0;

  function submit(event: FormEvent) {
    event.preventDefault();
    if (attempt.isPending) return;
    const empty: Record<string, string[]> = {};
    if (!username.trim()) empty.username = ['Enter your username.'];
    if (!password) empty.password = ['Enter your password.'];
    setMissing(empty);
    const first = Object.keys(empty)[0];
    if (first) focusField(form.current, first);
    else attempt.mutate();
  }

  return (
    <>
      <title>Sign in · Spendo</title>
      <form ref={form} className={classes.card} onSubmit={submit} noValidate>
        <h1 className={classes.title}>Sign in</h1>
        {notice && !attempt.error && (
          <p className={classes.notice} role="status">
            {notice}
          </p>
        )}
        {attempt.error && !hasFieldErrors && (
          <ErrorNote message={signInErrorWords(attempt.error) ?? errorWords(attempt.error)} />
        )}
        <div className={classes.fields}>
          <TextInput
            label="Username"
            name="username"
            autoComplete="username"
            autoCapitalize="none"
            autoCorrect="off"
            spellCheck={false}
            value={username}
            onChange={(event) => setUsername(event.currentTarget.value)}
            error={fields.username?.join(' ')}
          />
          <PasswordField
            label="Password"
            name="password"
            autoComplete="current-password"
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            error={fields.password?.join(' ')}
          />
        </div>
        <Button type="submit" size="md" loading={attempt.isPending}>
          Sign in
        </Button>
      </form>
      <p className={classes.otherWay}>{otherWay}</p>
    </>
  );
}

function focusField(form: HTMLFormElement | null, name: string) {
  form?.querySelector<HTMLInputElement>(`input[name="${name}"]`)?.focus();
}
