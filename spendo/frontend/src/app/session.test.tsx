import { fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { createMemoryRouter, RouterProvider } from 'react-router';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { User } from '../api/session';
import { fakeApi, json, refusal, unreachable } from '../testing/fake-api';
import { overview, transaction, user } from '../testing/samples';
import { Providers } from './providers';
import { routes } from './routes';

let signedIn: User | null;

function startApp(at = '/', extra: Parameters<typeof fakeApi>[0] = {}) {
  const api = fakeApi({
    'GET /api/me/': () => (signedIn ? json(200, signedIn) : refusal(401, 'not_signed_in')),
    'POST /api/login/': ({ body }) => {
      const { username } = body as { username: string };
      signedIn = username === 'sam' ? { ...user, id: 8, username: 'sam', first_name: 'Sam' } : user;
      return json(200, signedIn);
    },
    'POST /api/logout/': () => {
      signedIn = null;
      return new Response(null, { status: 204 });
    },
    'GET /api/customuser/7/accounts/': () => json(200, overview({ total_balance: '700.00' })),
    'GET /api/customuser/8/accounts/': () => json(200, overview({ total_balance: '800.00' })),
    'GET /api/transactions/': () =>
      signedIn
        ? json(200, { data: [transaction()], has_more: true, after: 1 })
        : refusal(401, 'not_signed_in'),
    ...extra,
  });
  const router = createMemoryRouter(routes, { initialEntries: [at] });
  render(
    <Providers>
      <RouterProvider router={router} />
    </Providers>,
  );
  return { api, router };
}

async function signInAs(name: string) {
  fireEvent.change(await screen.findByLabelText('Username'), { target: { value: name } });
  fireEvent.change(screen.getByLabelText('Password'), { target: { value: 'secret words' } });
  fireEvent.click(screen.getByRole('button', { name: 'Sign in' }));
}

async function signOutOf(name: string) {
  fireEvent.click(screen.getByRole('button', { name: `Account of ${name}` }));
  fireEvent.click(await screen.findByRole('menuitem', { name: 'Sign out' }));
}

const heading = (name: string) => screen.findByRole('heading', { level: 1, name });

beforeEach(() => {
  signedIn = null;
});

describe('a visitor who is not signed in', () => {
  it('signs in and comes to the place that was asked for', async () => {
    const { router } = startApp('/?from=mail#transactions-title');
    await signInAs('robin');
    await heading('Overview');
    expect(router.state.location).toMatchObject({
      pathname: '/',
      search: '?from=mail',
      hash: '#transactions-title',
    });
  });

  it('keeps the wanted place on the way through sign-up', async () => {
    const { router } = startApp('/?from=mail');
    fireEvent.click(await screen.findByRole('link', { name: 'Create an account' }));
    fireEvent.click(await screen.findByRole('link', { name: 'Sign in' }));
    await signInAs('robin');
    await heading('Overview');
    expect(router.state.location.search).toBe('?from=mail');
  });

  it('hears it when the server cannot be reached, and can try again', async () => {
    const { api } = startApp('/', { 'GET /api/me/': () => refusal(418, 'teapot', 'Not today.') });
    await heading('Spendo is not reachable');
    expect(screen.getByRole('alert').textContent).toContain('Not today.');
    api.answer('GET /api/me/', () => refusal(401, 'not_signed_in'));
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await heading('Sign in');
  });

  it('is told that an address does not exist', async () => {
    startApp('/nowhere');
    await heading('There is no page at this address');
  });
});

describe('a user who is signed in', () => {
  beforeEach(() => {
    signedIn = user;
  });

  it('has no use for the sign-in page', async () => {
    const { router } = startApp('/sign-in');
    await heading('Overview');
    expect(router.state.location.pathname).toBe('/');
  });

  it('goes back to sign-in when the session has ended, and returns to the same place', async () => {
    const { router } = startApp('/?view=1');
    await screen.findByText('$700.00');
    signedIn = null;
    fireEvent.click(await screen.findByRole('button', { name: 'Load more' }));
    await heading('Sign in');
    expect(screen.getByRole('status').textContent).toContain('Your session has ended');
    await signInAs('robin');
    await heading('Overview');
    expect(router.state.location.search).toBe('?view=1');
  });

  it('leaves nothing behind for the next user', async () => {
    startApp();
    await screen.findByText('$700.00');
    fireEvent.click(screen.getByRole('button', { name: 'Open chat' }));
    const chat = document.querySelector('openai-chatkit');
    expect(chat).not.toBeNull();

    await signOutOf('Robin');
    await heading('Sign in');
    expect(document.querySelector('openai-chatkit')).toBeNull();
    expect(screen.queryByText(/session has ended/)).toBeNull();

    await signInAs('sam');
    await screen.findByText('$800.00');
    expect(screen.queryByText('$700.00')).toBeNull();
    expect(document.querySelector('openai-chatkit')).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: 'Open chat' }));
    expect(document.querySelector('openai-chatkit')).not.toBe(chat);
  });

  it('never sees the page of somebody who signed in from another tab', async () => {
    startApp();
    await screen.findByText('$700.00');
    fireEvent.click(screen.getByRole('button', { name: 'Open chat' }));
    const chat = document.querySelector('openai-chatkit');
    signedIn = { ...user, id: 8, username: 'sam', first_name: 'Sam' };
    window.dispatchEvent(new Event('visibilitychange'));
    await screen.findByText('$800.00');
    expect(chat?.isConnected).toBe(false);
  });

  it('is not brought back by an answer that was on its way when signing out', async () => {
    const { api } = startApp();
    await screen.findByText('$700.00');
    let answerLate: (response: Response) => void = () => undefined;
    api.answer('GET /api/me/', () => new Promise((resolve) => (answerLate = resolve)));
    window.dispatchEvent(new Event('visibilitychange'));
    await waitFor(() => expect(api.to('/api/me/')).toHaveLength(2));

    await signOutOf('Robin');
    await heading('Sign in');
    answerLate(json(200, user));
    // Nothing is to happen: give it the time in which it would.
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Sign in');
  });

  it('stays signed in, and hears it, when signing out did not work', async () => {
    startApp('/', { 'POST /api/logout/': unreachable });
    await screen.findByText('$700.00');
    await signOutOf('Robin');
    const alert = await screen.findByRole('alert');
    expect(within(alert).getByText(/could not be reached/)).toBeTruthy();
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Overview');
  });

  it('can choose the colours, which are remembered', async () => {
    startApp();
    fireEvent.click(await screen.findByRole('button', { name: 'Colours: same as system' }));
    fireEvent.click(await screen.findByRole('menuitemradio', { name: 'Dark' }));
    await waitFor(() =>
      expect(document.documentElement.getAttribute('data-mantine-color-scheme')).toBe('dark'),
    );
    expect(localStorage.getItem('spendo-color-scheme')).toBe('dark');
  });

  it('has the focus at the new page’s content after signing in', async () => {
    signedIn = null;
    startApp();
    await signInAs('robin');
    await heading('Overview');
    expect(document.activeElement).toBe(screen.getByRole('main'));
  });

  it('sees a page with a way on, not a white one, when the app fails', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    startApp('/', {
      'GET /api/me/': () => json(200, user),
      'GET /api/customuser/7/accounts/': () => json(200, overview({ currency: 'USD' })),
    });
    await screen.findByText('$9,001.25');
    vi.spyOn(Intl, 'NumberFormat').mockImplementation(function broken() {
      throw new RangeError('broken');
    });
    fireEvent.click(await screen.findByRole('button', { name: 'Load more' }));
    await heading('This page stopped working');
    expect(screen.getByRole('button', { name: 'Reload the page' })).toBeTruthy();
  });

  it('can skip the header with the keyboard', async () => {
    startApp();
    await heading('Overview');
    const skip = screen.getByRole('link', { name: 'Skip to content' });
    expect(document.querySelector(skip.getAttribute('href') ?? '')?.tagName).toBe('MAIN');
  });
});
