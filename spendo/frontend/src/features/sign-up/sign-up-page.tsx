import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { ApiError, type FieldErrors } from '../../api/api-error';
import { type NewUser, signIn, signUp, type User } from '../../api/session';
import { ErrorNote } from '../../ui/error-note';
import { errorWords } from '../../ui/error-words';
import classes from '../../ui/form.module.css';
import { PasswordField } from '../../ui/password-field';
import { currencyChoices } from './currencies';

type Props = {
  onSignedIn: (user: User) => void;
  signInLink: ReactNode;
  otherWay: ReactNode;
};

const empty = {
  username: '',
  password: '',
  first_name: '',
  email: '',
  occupation: '',
  currency: 'USD',
};

/** The account exists, only the sign-in after it failed: the form must not be sent again. */
class SignInAfterwards extends Error {}

export function SignUpPage({ onSignedIn, signInLink, otherWay }: Props) {
  const form = useRef<HTMLFormElement>(null);
  const [values, setValues] = useState(empty);
  const [missing, setMissing] = useState<FieldErrors>({});
  const attempt = useMutation({
    mutationFn: async () => {
      await signUpHere(withoutEmpty(values));
      return signIn(values.username, values.password).catch(() => {
        throw new SignInAfterwards();
      });
    },
    onSuccess: onSignedIn,
  });
  const refused = fieldErrors(attempt.error);
  const fields: FieldErrors = { ...refused, ...missing };
  const shown = Object.keys(empty).filter((name) => fields[name]);
  // What the server says about a field that is not on the page still has to be said.
  const elsewhere = Object.entries(refused)
    .filter(([name]) => !(name in empty))
    .flatMap(([, texts]) => texts)
    .join(' ');

  useEffect(() => {
    if (attempt.error === null) return;
    const first = Object.keys(fieldErrors(attempt.error)).find((name) => name in empty);
    if (first) focusField(form.current, first);
  }, [attempt.error]);

  function field(name: keyof typeof empty) {
    return {
      name,
      value: values[name],
      onChange: (event: { currentTarget: { value: string } }) => {
        const { value } = event.currentTarget;
        setValues((before) => ({ ...before, [name]: value }));
      },
      error: fields[name]?.join(' '),
    };
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    if (attempt.isPending) return;
    const lacking: Record<string, string[]> = {};
    if (!values.username.trim()) lacking.username = ['Choose a username.'];
    if (!values.password) lacking.password = ['Choose a password.'];
    setMissing(lacking);
    const first = Object.keys(lacking)[0];
    if (first) focusField(form.current, first);
    else attempt.mutate();
  }

  if (attempt.error instanceof SignInAfterwards) {
    return (
      <div className={classes.card}>
        <title>Account created · Spendo</title>
        <h1 className={classes.title}>Your account is ready</h1>
        <p>Signing in did not work right now. {signInLink} with the name and password you chose.</p>
      </div>
    );
  }

  return (
    <>
      <title>Create an account · Spendo</title>
      <form ref={form} className={classes.card} onSubmit={submit} noValidate>
        <h1 className={classes.title}>Create an account</h1>
        {attempt.error && (shown.length === 0 || elsewhere) && (
          <ErrorNote message={elsewhere || errorWords(attempt.error)} />
        )}
        <div className={classes.fields}>
          <TextInput
            label="Username"
            autoComplete="username"
            autoCapitalize="none"
            autoCorrect="off"
            spellCheck={false}
            {...field('username')}
          />
          <PasswordField
            label="Password"
            description="At least 8 characters, and not only numbers."
            autoComplete="new-password"
            {...field('password')}
          />
          <TextInput
            label="First name (optional)"
            autoComplete="given-name"
            {...field('first_name')}
          />
          <TextInput
            label="Email (optional)"
            type="email"
            autoComplete="email"
            {...field('email')}
          />
          <TextInput
            label="Occupation (optional)"
            autoComplete="organization-title"
            {...field('occupation')}
          />
          <NativeSelect label="Currency" data={currencyChoices()} {...field('currency')} />
        </div>
        <Button type="submit" size="md" loading={attempt.isPending}>
          Create account
        </Button>
      </form>
      <p className={classes.otherWay}>{otherWay}</p>
    </>
  );
}

function fieldErrors(error: Error | null): FieldErrors {
  if (!(error instanceof ApiError)) return {};
  if (error.code === 'username_taken') {
    return { ...error.fields, username: ['This username is taken. Choose another one.'] };
  }
  return error.fields;
}

function withoutEmpty(values: typeof empty): NewUser {
  const filled = Object.entries(values).filter(([, value]) => value !== '');
  return { username: '', password: '', ...Object.fromEntries(filled) };
}

/** A zone that only the browser knows must not keep anybody out: then the server's default holds. */
async function signUpHere(newUser: NewUser): Promise<void> {
  try {
    await signUp({ ...newUser, time_zone: browserTimeZone() });
  } catch (error) {
    if (!(error instanceof ApiError && error.fields.time_zone)) throw error;
    await signUp(newUser);
  }
}

function browserTimeZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';
}

function focusField(form: HTMLFormElement | null, name: string) {
  form?.querySelector<HTMLElement>(`[name="${name}"]`)?.focus();
}
