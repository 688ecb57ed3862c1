import { ApiError, NetworkError } from '../transport/client';
import type { Failure } from './state';

/** What the user is told: the server's words when it gave any, never an exception's text. */
export function describeFailure(error: unknown, remedy: Failure['remedy']): Failure {
  if (error instanceof ApiError) {
    return { code: error.code, message: error.reason || null, remedy };
  }
  const code = error instanceof NetworkError ? 'network' : 'stream.error';
  return { code, message: null, remedy };
}

export function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
