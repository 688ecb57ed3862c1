import { errorFromResponse, networkError, unexpectedResponse } from './api-error';
import { record, text } from './decode';
import { API_URL } from './location';

const decodeToken = record<{ csrfToken: string }>({ csrfToken: text });

let token: Promise<string> | null = null;

/** The token for unsafe requests. Asked for once, however many requests need it at the same time. */
export function csrfToken(): Promise<string> {
  if (token === null) {
    const asked = fetchToken();
    asked.catch(() => {
      if (token === asked) token = null;
    });
    token = asked;
  }
  return token;
}

/** A new token, unless another request has already replaced the stale one. */
export async function replaceCsrfToken(stale: string): Promise<string> {
  const held = token;
  const known = await held?.catch(() => stale);
  if (known === stale && token === held) token = null;
  return csrfToken();
}

/** Django changes the secret at sign-in, and the next visitor must not reuse ours. */
export function forgetCsrfToken(): void {
  token = null;
}

async function fetchToken(): Promise<string> {
  let response: Response;
  try {
    response = await fetch(`${API_URL}/csrf/`, { credentials: 'include' });
  } catch {
    throw networkError();
  }
  if (!response.ok) throw await errorFromResponse(response);
  try {
    return decodeToken(await response.json(), '').csrfToken;
  } catch {
    throw unexpectedResponse(response.status);
  }
}
