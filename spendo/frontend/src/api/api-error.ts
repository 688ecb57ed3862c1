export type FieldErrors = Readonly<Record<string, readonly string[]>>;

/**
 * A request that did not succeed. `code` is the server's, or one of ours:
 * `network` (status 0: no answer came) and `unexpected_response` (the answer makes no sense).
 * `message` is a sentence for the user.
 */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly fields: FieldErrors;
  readonly retryAfterSeconds: number | null;

  constructor(details: {
    status: number;
    code: string;
    message: string;
    fields?: FieldErrors;
    retryAfterSeconds?: number | null;
  }) {
    super(details.message);
    this.name = 'ApiError';
    this.status = details.status;
    this.code = details.code;
    this.fields = details.fields ?? {};
    this.retryAfterSeconds = details.retryAfterSeconds ?? null;
  }
}

export function networkError(): ApiError {
  return new ApiError({
    status: 0,
    code: 'network',
    message: 'The server could not be reached. Check your connection and try again.',
  });
}

export function unexpectedResponse(status: number): ApiError {
  return new ApiError({
    status,
    code: 'unexpected_response',
    message: 'The server gave an answer that could not be read. Try again in a moment.',
  });
}

/** Reads `{"error": {code, message, fields, line}}`; anything else becomes `unexpected_response`. */
export async function errorFromResponse(response: Response): Promise<ApiError> {
  let body: unknown;
  try {
    body = await response.json();
  } catch {
    return unexpectedResponse(response.status);
  }
  const error = isRecord(body) ? body.error : undefined;
  if (!isRecord(error) || typeof error.code !== 'string' || typeof error.message !== 'string') {
    return unexpectedResponse(response.status);
  }
  return new ApiError({
    status: response.status,
    code: error.code,
    message: inLine(error.line, error.message),
    fields: readFields(error.fields),
    retryAfterSeconds: readRetryAfter(response.headers.get('Retry-After')),
  });
}

/** Errors of a file say which line of it they are about. */
function inLine(line: unknown, message: string): string {
  return typeof line === 'number' ? `Line ${line.toLocaleString('en')}: ${message}` : message;
}

function readFields(value: unknown): FieldErrors {
  if (!isRecord(value)) return {};
  const fields: Record<string, string[]> = {};
  for (const [name, texts] of Object.entries(value)) {
    if (Array.isArray(texts)) fields[name] = texts.filter((text) => typeof text === 'string');
  }
  return fields;
}

function readRetryAfter(header: string | null): number | null {
  return header !== null && /^\d{1,9}$/.test(header) ? Number.parseInt(header, 10) : null;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
