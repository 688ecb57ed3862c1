import { ApiError } from '../../api/api-error';

/** Our words for the refusals of sign-in; `null` leaves the server's sentence. */
export function signInErrorWords(error: Error): string | null {
  if (!(error instanceof ApiError)) return null;
  if (error.code === 'invalid_credentials') {
    return 'The username or the password is wrong. Check both and try again.';
  }
  if (error.code === 'too_many_attempts') {
    return `Too many attempts. ${waitWords(error.retryAfterSeconds)} and try again.`;
  }
  return null;
}

function waitWords(seconds: number | null): string {
  if (seconds === null) return 'Wait a few minutes';
  if (seconds <= 90) return 'Wait a minute';
  return `Wait ${Math.ceil(seconds / 60)} minutes`;
}
