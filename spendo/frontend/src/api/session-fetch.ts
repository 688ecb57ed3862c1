import { errorFromResponse } from './api-error';
import { csrfToken, replaceCsrfToken } from './csrf';
import { isOurApi } from './location';
import { announceSession } from './session-events';

/**
 * `fetch` with the session cookie and, for unsafe methods, the CSRF token. A token that the server
 * refuses is replaced once. The chat uses this one too, so bodies are passed on untouched and
 * streams are not read. Requests that leave our API go out as they are.
 */
export const sessionFetch: typeof fetch = async (input, init) => {
  if (!isOurApi(input)) return fetch(input, init);
  const safe = isSafe(init?.method ?? (input instanceof Request ? input.method : 'GET'));
  const send = (token: string | null) => {
    const headers = new Headers(
      init?.headers ?? (input instanceof Request ? input.headers : undefined),
    );
    if (token !== null) headers.set('X-CSRFToken', token);
    const target = input instanceof Request ? input.clone() : input;
    return fetch(target, { ...init, headers, credentials: 'include' });
  };

  const token = safe ? null : await csrfToken();
  let response = await send(token);
  if (token !== null && response.status === 403 && (await codeOf(response)) === 'csrf_failed') {
    announceSession('doubtful');
    response = await send(await replaceCsrfToken(token));
  }
  if (response.status === 401 && (await codeOf(response)) === 'not_signed_in') {
    announceSession('ended');
  }
  return response;
};

function isSafe(method: string): boolean {
  return ['GET', 'HEAD', 'OPTIONS'].includes(method.toUpperCase());
}

async function codeOf(response: Response): Promise<string> {
  return (await errorFromResponse(response.clone())).code;
}
