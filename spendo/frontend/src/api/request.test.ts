import { describe, expect, it } from 'vitest';
import { fakeApi, json, refusal, unreachable } from '../testing/fake-api';
import { overview, user } from '../testing/samples';
import { fetchAccounts } from './accounts';
import { fetchMe, signIn, signOut } from './session';
import { fetchTransactions } from './transactions';

describe('a request that fails', () => {
  it('carries code, message, fields and the time to wait', async () => {
    fakeApi({
      'POST /api/login/': () =>
        refusal(429, 'too_many_attempts', 'Wait.', {
          fields: { username: ['Blocked.'] },
          headers: { 'Retry-After': '840' },
        }),
    });
    await expect(signIn('robin', 'x')).rejects.toMatchObject({
      name: 'ApiError',
      status: 429,
      code: 'too_many_attempts',
      message: 'Wait.',
      fields: { username: ['Blocked.'] },
      retryAfterSeconds: 840,
    });
  });

  it('says that the server was not reached when no answer came', async () => {
    fakeApi({ 'GET /api/me/': unreachable });
    await expect(fetchMe()).rejects.toMatchObject({ status: 0, code: 'network' });
  });

  it('does not show a web page of a proxy as a message', async () => {
    fakeApi({ 'GET /api/me/': () => new Response('<h1>502 Bad Gateway</h1>', { status: 502 }) });
    await expect(fetchMe()).rejects.toMatchObject({ status: 502, code: 'unexpected_response' });
  });

  it('stays an abort when the caller aborted', async () => {
    fakeApi({
      'GET /api/me/': () => Promise.reject(new DOMException('aborted', 'AbortError')),
    });
    const controller = new AbortController();
    controller.abort();
    await expect(fetchMe(controller.signal)).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('an answer that comes in', () => {
  it('is refused when money is a number instead of exact text', async () => {
    fakeApi({
      'GET /api/customuser/7/accounts/': () => json(200, { ...overview(), total_balance: 9001.25 }),
    });
    await expect(fetchAccounts(7)).rejects.toMatchObject({ code: 'unexpected_response' });
  });

  it.each(['1e5', 'NaN', '', '1,5', ' 1', '0x10', '1.'])(
    'is refused when money is the text %j',
    async (total_balance) => {
      fakeApi({
        'GET /api/customuser/7/accounts/': () => json(200, { ...overview(), total_balance }),
      });
      await expect(fetchAccounts(7)).rejects.toMatchObject({ code: 'unexpected_response' });
    },
  );

  it('may carry fields this app does not know yet', async () => {
    fakeApi({ 'GET /api/me/': () => json(200, { ...user, theme: 'new' }) });
    expect(await fetchMe()).toEqual(user);
  });

  it('is nobody when the server says that nobody is signed in', async () => {
    fakeApi({ 'GET /api/me/': () => refusal(401, 'not_signed_in') });
    expect(await fetchMe()).toBeNull();
  });

  it('may be empty after signing out', async () => {
    fakeApi({ 'POST /api/logout/': () => new Response(null, { status: 204 }) });
    await expect(signOut()).resolves.toBeUndefined();
  });
});

describe('fetchTransactions', () => {
  it('asks for the page after the last one', async () => {
    const api = fakeApi({
      'GET /api/transactions/': () => json(200, { data: [], has_more: false, after: null }),
    });
    await fetchTransactions({ limit: 20, after: null });
    await fetchTransactions({ limit: 20, after: 42 });
    expect(api.calls.map(({ path }) => path)).toEqual([
      '/api/transactions/?limit=20',
      '/api/transactions/?limit=20&after=42',
    ]);
  });
});
