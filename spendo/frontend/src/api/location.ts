/** Where the API is: a path of this origin ("/api") or an absolute address, without a last slash. */
export const API_URL: string = (import.meta.env.VITE_API_URL || '/api').replace(/\/+$/, '');

/** Whether a request goes to our API. Cookies and the CSRF token are for nobody else. */
export function isOurApi(input: RequestInfo | URL): boolean {
  const target = new URL(input instanceof Request ? input.url : input, window.location.href);
  const api = new URL(`${API_URL}/`, window.location.href);
  return target.origin === api.origin && target.pathname.startsWith(api.pathname);
}
