import { ApiError, errorFromResponse, networkError, unexpectedResponse } from './api-error';
import type { Decoder } from './decode';
import { API_URL } from './location';
import { sessionFetch } from './session-fetch';

type Options = { body?: object; form?: FormData; signal?: AbortSignal };

/** One JSON request; every failure is an `ApiError`, except an abort, which stays an `AbortError`. */
export async function request<T>(
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
  path: string,
  decode: Decoder<T>,
  options: Options = {},
): Promise<T> {
  const response = await answer(method, path, options);
  if (!response.ok) throw await errorFromResponse(response);
  try {
    return decode(response.status === 204 ? null : await response.json(), '');
  } catch {
    throw unexpectedResponse(response.status);
  }
}

async function answer(
  method: string,
  path: string,
  { body, form, signal }: Options,
): Promise<Response> {
  const init: RequestInit = { method, headers: { Accept: 'application/json' } };
  if (signal) init.signal = signal;
  if (body) {
    init.headers = { ...init.headers, 'Content-Type': 'application/json' };
    init.body = JSON.stringify(body);
  }
  if (form) init.body = form;
  try {
    return await sessionFetch(`${API_URL}${path}`, init);
  } catch (error) {
    if (error instanceof ApiError || signal?.aborted) throw error;
    throw networkError();
  }
}
