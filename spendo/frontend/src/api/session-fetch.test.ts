import { afterEach, describe, expect, it, vi } from 'vitest';
import { fakeApi, json, refusal } from '../testing/fake-api';
import { user } from '../testing/samples';
import { signIn } from './session';
import { onSessionEvent, type SessionEvent } from './session-events';
import { sessionFetch } from './session-fetch';

const events: SessionEvent[] = [];
onSessionEvent((event) => events.push(event));
afterEach(() => {
  events.length = 0;
});

const post = () => sessionFetch('/api/chatkit/', { method: 'POST', body: '{"type":"x"}' });

describe('sessionFetch', () => {
  it('sends cookies always, and the CSRF token with unsafe requests only', async () => {
    const api = fakeApi({
      'GET /api/me/': () => json(200, {}),
      'POST /api/chatkit/': () => json(200, {}),
    });
    await sessionFetch('/api/me/');
    await post();

    const [me] = api.to('/api/me/');
    const [chat] = api.to('/api/chatkit/');
    expect(me?.credentials).toBe('include');
    expect(me?.headers.has('X-CSRFToken')).toBe(false);
    expect(chat?.credentials).toBe('include');
    expect(chat?.headers.get('X-CSRFToken')).toBe('token-1');
  });

  it('keeps the caller’s own headers and signal', async () => {
    const seen: (RequestInit | undefined)[] = [];
    fakeApi({ 'POST /api/chatkit/': () => json(200, {}) });
    const inner = globalThis.fetch;
    vi.stubGlobal('fetch', (input: RequestInfo, init?: RequestInit) => {
      seen.push(init);
      return inner(input, init);
    });
    const { signal } = new AbortController();
    await sessionFetch('/api/chatkit/', {
      method: 'POST',
      headers: { 'Accept-Language': 'de' },
      signal,
    });
    expect(new Headers(seen.at(-1)?.headers).get('Accept-Language')).toBe('de');
    expect(seen.at(-1)?.signal).toBe(signal);
  });

  it('asks for one token, however many requests start together', async () => {
    const api = fakeApi({ 'POST /api/chatkit/': () => json(200, {}) });
    await Promise.all([post(), post(), post()]);
    expect(api.to('/api/csrf/')).toHaveLength(1);
  });

  it('replaces a refused token once and sends the same request again', async () => {
    const api = fakeApi({
      'POST /api/chatkit/': ({ headers }) =>
        headers.get('X-CSRFToken') === 'token-2' ? json(200, {}) : refusal(403, 'csrf_failed'),
    });
    const response = await post();

    expect(response.status).toBe(200);
    expect(api.to('/api/chatkit/').map(({ body }) => body)).toEqual([{ type: 'x' }, { type: 'x' }]);
    expect(events).toEqual(['doubtful']);
  });

  it('gives up after the second refusal', async () => {
    const api = fakeApi({ 'POST /api/chatkit/': () => refusal(403, 'csrf_failed') });
    const response = await post();

    expect(response.status).toBe(403);
    expect(api.to('/api/chatkit/')).toHaveLength(2);
  });

  it('replaces the token once when several requests were refused with the same one', async () => {
    const api = fakeApi({
      'POST /api/chatkit/': ({ headers }) =>
        headers.get('X-CSRFToken') === 'token-1' ? refusal(403, 'csrf_failed') : json(200, {}),
    });
    await Promise.all([post(), post(), post()]);
    expect(api.to('/api/csrf/')).toHaveLength(2);
  });

  it('does not repeat a request that was refused for another reason', async () => {
    const api = fakeApi({ 'POST /api/chatkit/': () => refusal(403, 'forbidden') });
    await post();
    expect(api.to('/api/chatkit/')).toHaveLength(1);
  });

  it('asks for the token again after it could not be had', async () => {
    const api = fakeApi({
      'GET /api/csrf/': () => refusal(503, 'unavailable'),
      'POST /api/chatkit/': () => json(200, {}),
    });
    await expect(post()).rejects.toMatchObject({ code: 'unavailable' });
    api.answer('GET /api/csrf/', () => json(200, { csrfToken: 'late' }));
    await post();
    expect(api.to('/api/chatkit/')[0]?.headers.get('X-CSRFToken')).toBe('late');
  });

  it('announces the end of the session, and leaves the answer readable', async () => {
    fakeApi({ 'POST /api/chatkit/': () => refusal(401, 'not_signed_in', 'Sign in.') });
    const response = await post();
    expect(events).toEqual(['ended']);
    expect(await response.json()).toEqual({
      error: { code: 'not_signed_in', message: 'Sign in.' },
    });
  });

  it('does not take a wrong password for the end of a session', async () => {
    fakeApi({ 'POST /api/login/': () => refusal(401, 'invalid_credentials') });
    await expect(signIn('robin', 'x')).rejects.toMatchObject({ code: 'invalid_credentials' });
    expect(events).toEqual([]);
  });

  it('takes a new token after signing in, because the server changed the secret', async () => {
    const api = fakeApi({
      'POST /api/login/': () => json(200, user),
      'POST /api/chatkit/': () => json(200, {}),
    });
    await signIn('robin', 'x');
    await post();
    expect(api.to('/api/chatkit/')[0]?.headers.get('X-CSRFToken')).toBe('token-2');
  });

  it('gives neither cookies nor token to another address', async () => {
    const seen: (RequestInit | undefined)[] = [];
    vi.stubGlobal('fetch', async (_: RequestInfo, init?: RequestInit) => {
      seen.push(init);
      return json(200, {});
    });
    await sessionFetch('https://storage.example/upload', { method: 'PUT' });
    await sessionFetch('/apiary/', { method: 'POST' });
    expect(seen).toEqual([{ method: 'PUT' }, { method: 'POST' }]);
  });
});
