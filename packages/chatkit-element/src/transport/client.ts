import { isObject, readText } from '../protocol/json';
import type { ChatKitRequest } from '../protocol/requests';
import { readEventStream } from './event-stream';

/** A reply outside 2xx, with the server's own words when it sent any. */
export class ApiError extends Error {
  override name = 'ApiError';
  constructor(
    readonly status: number,
    readonly code: string,
    /** Empty when the server gave no reason in words. */
    readonly reason: string,
  ) {
    super(reason || `The server answered with status ${status}.`);
  }
}

/** The request never got an answer: offline, refused, or cut by the network. */
export class NetworkError extends Error {
  override name = 'NetworkError';
}

export interface Endpoint {
  url: string;
  locale: string;
  /** Always the page's current function: read anew for every request. */
  fetch(url: string, init: RequestInit): Promise<Response>;
}

/** Speaks to the one endpoint of a ChatKit server. Every request goes through `endpoint().fetch`. */
export class ChatKitClient {
  constructor(private readonly endpoint: () => Endpoint) {}

  async ask(request: ChatKitRequest, signal: AbortSignal): Promise<unknown> {
    const response = await this.post(request, signal);
    try {
      return await response.json();
    } catch (error) {
      if (signal.aborted) throw error;
      throw new ApiError(response.status, 'invalid_reply', '');
    }
  }

  /** Resolves once the server has accepted the request; the events follow. */
  async stream(request: ChatKitRequest, signal: AbortSignal): Promise<AsyncIterable<unknown>> {
    const response = await this.post(request, signal);
    const kind = response.headers.get('content-type') ?? 'text/event-stream';
    if (!kind.includes('event-stream') || !response.body) {
      throw new ApiError(response.status, 'invalid_reply', '');
    }
    return readEventStream(response.body, signal);
  }

  private async post(request: ChatKitRequest, signal: AbortSignal): Promise<Response> {
    const endpoint = this.endpoint();
    let response: Response;
    try {
      response = await endpoint.fetch(endpoint.url, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'Accept-Language': endpoint.locale },
        body: JSON.stringify(request),
        credentials: 'same-origin',
        signal,
      });
    } catch (error) {
      if (signal.aborted) throw error;
      throw new NetworkError('The server could not be reached.', { cause: error });
    }
    if (!response.ok) throw await readRefusal(response);
    return response;
  }
}

async function readRefusal(response: Response): Promise<ApiError> {
  const body: unknown = await response.json().catch(() => null);
  const error = isObject(body) && isObject(body.error) ? body.error : {};
  return new ApiError(
    response.status,
    readText(error.code) ?? 'http_error',
    readText(error.message) ?? '',
  );
}
