import { fireEvent, screen, waitFor } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { fakeApi, json, refusal } from '../../testing/fake-api';
import { renderFeature } from '../../testing/render';
import { user } from '../../testing/samples';
import { SignUpPage } from './sign-up-page';

function open() {
  const onSignedIn = vi.fn();
  renderFeature(
    <SignUpPage
      onSignedIn={onSignedIn}
      signInLink={<a href="/sign-in">Sign in</a>}
      otherWay={null}
    />,
  );
  return { onSignedIn };
}

const field = (label: string) => screen.getByLabelText<HTMLInputElement>(label);

function send(values: Record<string, string> = {}) {
  const typed = { Username: 'robin', Password: 'correct horse', ...values };
  for (const [label, value] of Object.entries(typed)) {
    fireEvent.change(field(label), { target: { value } });
  }
  fireEvent.click(screen.getByRole('button', { name: 'Create account' }));
}

describe('signing up', () => {
  it('sends the browser’s time zone and only what was filled in, then signs in', async () => {
    const api = fakeApi({
      'POST /api/createuser/': () => json(201, user),
      'POST /api/login/': () => json(200, user),
    });
    const { onSignedIn } = open();
    send({ 'Occupation (optional)': 'Baker', Currency: 'EUR' });
    await waitFor(() => expect(onSignedIn.mock.calls[0]?.[0]).toEqual(user));
    expect(api.to('/api/createuser/')[0]?.body).toEqual({
      username: 'robin',
      password: 'correct horse',
      occupation: 'Baker',
      currency: 'EUR',
      time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    });
    expect(api.to('/api/login/')[0]?.body).toEqual({
      username: 'robin',
      password: 'correct horse',
    });
  });

  it('says at the field that the name is taken, keeps what was typed and goes there', async () => {
    fakeApi({ 'POST /api/createuser/': () => refusal(409, 'username_taken') });
    open();
    send({ 'First name (optional)': 'Robin' });
    await screen.findByText('This username is taken. Choose another one.');
    expect(field('First name (optional)').value).toBe('Robin');
    expect(field('Password').value).toBe('correct horse');
    expect(document.activeElement).toBe(field('Username'));
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('places each of the server’s errors at its field', async () => {
    fakeApi({
      'POST /api/createuser/': () =>
        refusal(400, 'invalid', 'Check the fields.', {
          fields: { password: ['Too short.', 'Too common.'], email: ['Not an address.'] },
        }),
    });
    open();
    send();
    expect(await screen.findByText('Too short. Too common.')).toBeTruthy();
    expect(screen.getByText('Not an address.')).toBeTruthy();
    expect(field('Password').getAttribute('aria-invalid')).toBe('true');
  });

  it('does without the time zone when the server does not know the browser’s', async () => {
    const api = fakeApi({
      'POST /api/createuser/': ({ body }) =>
        'time_zone' in (body as object)
          ? refusal(400, 'invalid', 'Check.', { fields: { time_zone: ['Unknown.'] } })
          : json(201, user),
      'POST /api/login/': () => json(200, user),
    });
    const { onSignedIn } = open();
    send();
    await waitFor(() => expect(onSignedIn).toHaveBeenCalled());
    expect(api.to('/api/createuser/')).toHaveLength(2);
  });

  it('still says what the server has against a field that is not on the page', async () => {
    fakeApi({
      'POST /api/createuser/': () =>
        refusal(400, 'invalid', 'Check.', { fields: { last_name: ['Too long.'] } }),
    });
    open();
    send();
    expect((await screen.findByRole('alert')).textContent).toContain('Too long.');
  });

  it('does not make the account twice when only the sign-in afterwards failed', async () => {
    const api = fakeApi({
      'POST /api/createuser/': () => json(201, user),
      'POST /api/login/': () => refusal(503, 'unavailable'),
    });
    const { onSignedIn } = open();
    send();
    await screen.findByRole('heading', { name: 'Your account is ready' });
    expect(screen.getByRole('link', { name: 'Sign in' })).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Create account' })).toBeNull();
    expect(api.to('/api/createuser/')).toHaveLength(1);
    expect(onSignedIn).not.toHaveBeenCalled();
  });

  it('lets a password manager offer a new password', () => {
    open();
    expect(field('Password').autocomplete).toBe('new-password');
    expect(field('Username').autocomplete).toBe('username');
    expect(field('Email (optional)').autocomplete).toBe('email');
  });
});
