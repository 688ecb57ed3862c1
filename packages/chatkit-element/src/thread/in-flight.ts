import type { ThreadStreamEvent } from '../protocol/events';
import type { ClientToolCall } from '../protocol/items';
import { ApiError, type RunPosition } from '../transport/client';
import type { Failure } from './state';

/** One response, over all the requests and connections it takes. */
export interface InFlight {
  readonly abort: AbortController;
  readonly remedy: Failure['remedy'];
  step: 'requested' | 'reading' | 'tool';
  /** Null on a server that knows no runs: whoever closes its connection stops it. */
  position: RunPosition | null;
  /** The page was told of its start. */
  started: boolean;
  /** The call that came with it, until the server has the result. */
  call: ClientToolCall | null;
  callOffStop: (() => void) | null;
}

export function newResponse(remedy: Failure['remedy'], position: RunPosition | null): InFlight {
  return {
    abort: new AbortController(),
    remedy,
    step: position ? 'reading' : 'requested',
    position,
    started: false,
    call: null,
    callOffStop: null,
  };
}

/** What helps when it failed for good. */
export function remedyOf({ call, remedy, step }: InFlight): Failure['remedy'] {
  if (call) return 'tool';
  // Whoever could not send answers still has them, and the button that sends them.
  return remedy === 'reload' && step === 'requested' ? null : remedy;
}

export function isMissing(error: unknown): boolean {
  return error instanceof ApiError && error.status === 404;
}

export function isFromAssistant(event: ThreadStreamEvent): boolean {
  if (event.type === 'thread.created' || event.type === 'thread.updated') return false;
  return !('item' in event && event.item.type === 'user_message');
}
