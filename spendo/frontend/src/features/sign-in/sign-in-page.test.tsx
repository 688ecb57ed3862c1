import { fireEvent, screen, waitFor } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { fakeApi, json, refusal, unreachable } from '../../testing/fake-api';
import { renderFeature } from '../../testing/render';
import { user } from '../../testing/samples';
import { SignInPage } from './sign-in-page';

function open(notice: string | null = null) {
  const onSignedIn = vi.fn();
  renderFeature(<SignInPage onSignedIn={onSignedIn} notice={notice} otherWay={null} />);
  return { onSignedIn };
}

const username = () => screen.getByLabelText<HTMLInputElement>('Username');
const password = () => screen.getByLabelText<HTMLInputElement>('Password');

function send(name = 'robin', secret = 'correct horse') {
  fireEvent.change(username(), { target: { value: name } });
  fireEvent.change(password(), { target: { value: secret } });
  fireEvent.click(screen.getByRole('button', { name: 'Sign in' }));
}

describe('signing in', () => {
  it('hands over the user', async () => {
    const api = fakeApi({ 'POST /api/login/': () => json(200, user) });
    const { onSignedIn } = open();
    send();
    await waitFor(() => expect(onSignedIn.mock.calls[0]?.[0]).toEqual(user));
    expect(api.to('/api/login/')[0]?.body).toEqual({
      username: 'robin',
      password: 'correct horse',
    });
  });

  it('lets a password manager fill the fields', () => {
    open();
    expect(username().autocomplete).toBe('username');
    expect(password().autocomplete).toBe('current-password');
  });

  it('says what is missing without asking the server', () => {
    const api = fakeApi({});
    open();
    fireEvent.click(screen.getByRole('button', { name: 'Sign in' }));
    expect(screen.getByText('Enter your username.')).toBeTruthy();
    expect(screen.getByText('Enter your password.')).toBeTruthy();
    expect(document.activeElement).toBe(username());
    expect(api.calls).toEqual([]);
  });

  it('keeps what was typed when the password is wrong', async () => {
    fakeApi({ 'POST /api/login/': () => refusal(401, 'invalid_credentials') });
    const { onSignedIn } = open();
    send();
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toContain('The username or the password is wrong.');
    expect(username().value).toBe('robin');
    expect(password().value).toBe('correct horse');
    expect(onSignedIn).not.toHaveBeenCalled();
  });

  it('says how long to wait after too many attempts', async () => {
    fakeApi({
      'POST /api/login/': () =>
        refusal(429, 'too_many_attempts', 'x', { headers: { 'Retry-After': '840' } }),
    });
    open();
    send();
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toContain('Too many attempts. Wait 14 minutes and try again.');
  });

  it('says so when the server cannot be reached, and works on the next try', async () => {
    const api = fakeApi({ 'POST /api/login/': unreachable });
    const { onSignedIn } = open();
    send();
    expect((await screen.findByRole('alert')).textContent).toContain('could not be reached');
    api.answer('POST /api/login/', () => json(200, user));
    fireEvent.click(screen.getByRole('button', { name: 'Sign in' }));
    await waitFor(() => expect(onSignedIn).toHaveBeenCalled());
  });

  it('places the server’s field errors at their fields', async () => {
    fakeApi({
      'POST /api/login/': () =>
        refusal(400, 'invalid', 'Check the fields.', { fields: { username: ['Too long.'] } }),
    });
    open();
    send();
    const message = await screen.findByText('Too long.');
    expect(username().getAttribute('aria-describedby')).toContain(message.id);
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('sends one request when the form is submitted twice', async () => {
    const api = fakeApi({ 'POST /api/login/': () => json(200, user) });
    const { onSignedIn } = open();
    send();
    fireEvent.submit(username().closest('form') as HTMLFormElement);
    await waitFor(() => expect(onSignedIn).toHaveBeenCalled());
    expect(api.to('/api/login/')).toHaveLength(1);
  });

  it('shows and hides the password with a button that says which', () => {
    open();
    fireEvent.click(screen.getByRole('button', { name: 'Show password' }));
    expect(password().type).toBe('text');
    fireEvent.click(screen.getByRole('button', { name: 'Hide password' }));
    expect(password().type).toBe('password');
  });

  it('tells why one is here again', () => {
    open('Your session has ended.');
    expect(screen.getByRole('status').textContent).toBe('Your session has ended.');
  });
});
