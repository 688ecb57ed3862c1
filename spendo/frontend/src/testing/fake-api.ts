import { vi } from 'vitest';

export type Call = {
  method: string;
  path: string;
  headers: Headers;
  body: unknown;
  credentials: RequestCredentials | undefined;
};

type Answer = (call: Call) => Response | Promise<Response>;

/**
 * Stands in for the network. Routes are "METHOD /path" without the query; an unknown one fails the
 * test loudly. `calls` are in order. `GET /api/csrf/` answers token-1, token-2, …
 */
export function fakeApi(routes: Record<string, Answer>) {
  const calls: Call[] = [];
  let tokens = 0;
  const table: Record<string, Answer> = {
    'GET /api/csrf/': () => {
      tokens += 1;
      return json(200, { csrfToken: `token-${tokens}` });
    },
    ...routes,
  };
  vi.stubGlobal('fetch', async (input: RequestInfo | URL, init?: RequestInit) => {
    const url = new URL(input instanceof Request ? input.url : input, window.location.href);
    const call: Call = {
      method: init?.method ?? 'GET',
      path: url.pathname + url.search,
      headers: new Headers(init?.headers),
      body: typeof init?.body === 'string' ? JSON.parse(init.body) : undefined,
      credentials: init?.credentials,
    };
    calls.push(call);
    const answer = table[`${call.method} ${url.pathname}`];
    if (!answer) throw new Error(`No route for ${call.method} ${url.pathname}`);
    return answer(call);
  });
  return {
    calls,
    to: (path: string) => calls.filter((call) => call.path.split('?')[0] === path),
    answer: (route: string, next: Answer) => {
      table[route] = next;
    },
  };
}

export function json(status: number, body: unknown, headers: Record<string, string> = {}) {
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'Content-Type': 'application/json', ...headers },
  });
}

export function refusal(
  status: number,
  code: string,
  message = 'No.',
  extra: { fields?: Record<string, string[]>; headers?: Record<string, string> } = {},
) {
  const error = { code, message, ...(extra.fields ? { fields: extra.fields } : {}) };
  return json(status, { error }, extra.headers);
}

export function unreachable(): Promise<Response> {
  return Promise.reject(new TypeError('Failed to fetch'));
}
