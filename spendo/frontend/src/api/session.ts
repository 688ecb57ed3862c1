import { ApiError } from './api-error';
import { forgetCsrfToken } from './csrf';
import { flag, integer, record, text } from './decode';
import { request } from './request';

export type User = {
  id: number;
  username: string;
  email: string;
  first_name: string;
  last_name: string;
  occupation: string;
  time_zone: string;
  currency: string;
  is_staff: boolean;
};

export type NewUser = {
  username: string;
  password: string;
  first_name?: string;
  email?: string;
  occupation?: string;
  time_zone?: string;
  currency?: string;
};

const user = record<User>({
  id: integer,
  username: text,
  email: text,
  first_name: text,
  last_name: text,
  occupation: text,
  time_zone: text,
  currency: text,
  is_staff: flag,
});

/** Who is signed in, or `null`. */
export async function fetchMe(signal?: AbortSignal): Promise<User | null> {
  try {
    return await request('GET', '/me/', user, { signal });
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) return null;
    throw error;
  }
}

/** Errors: 400 with fields, 401 `invalid_credentials`, 429 `too_many_attempts`. */
export async function signIn(username: string, password: string): Promise<User> {
  const signedIn = await request('POST', '/login/', user, { body: { username, password } });
  forgetCsrfToken();
  return signedIn;
}

export async function signOut(): Promise<void> {
  await request('POST', '/logout/', () => undefined);
  forgetCsrfToken();
}

/** Makes the account; does not sign in. Errors: 400 with fields, 409 `username_taken`. */
export function signUp(newUser: NewUser): Promise<User> {
  return request('POST', '/createuser/', user, { body: newUser });
}
