import type { ChatKitOptions } from '@openai/chatkit';
import type { ClientToolCall } from '../protocol/items';
import { ApiError } from '../transport/client';
import { toError } from './failure';
import type { ChatState } from './state';

interface ToolsHost {
  clientTool(): ChatKitOptions['onClientTool'];
  report(error: unknown): void;
}

/** What the model is told instead of a result. */
export interface FailedResult {
  error: string;
}

/** The user did not want to wait for the tool. */
export const NO_RESULT: FailedResult = { error: 'The user went on without a result.' };

/** What the server asks of the page. Each call is carried out once, however often it is asked for. */
export class ClientTools {
  /** Results by call, from when its tool was started until the server has them. */
  readonly #results = new Map<string, Promise<unknown>>();
  /** Calls that need no further word of the user. */
  readonly #wanted = new Set<string>();
  readonly #settled = new Set<string>();

  constructor(private readonly host: ToolsHost) {}

  /** What can be sent as the result of the call. Never rejects; may never resolve. */
  result(call: ClientToolCall): Promise<unknown> {
    const known = this.#results.get(call.id);
    const result = known ?? this.#run(call);
    this.#results.set(call.id, result);
    this.#wanted.add(call.id);
    return result;
  }

  /** Whether the chat was left while it waited for the tool, and is to go on when it is back. */
  awaits({ id }: ClientToolCall): boolean {
    return this.#wanted.has(id);
  }

  /** The user stopped: nothing goes on by itself, but no tool runs twice either. */
  stop(): void {
    this.#wanted.clear();
  }

  /** Sends the result. When the server does not take it, the model learns why. */
  async deliver<T>(
    call: ClientToolCall,
    result: unknown,
    send: (result: unknown) => Promise<T>,
  ): Promise<T> {
    const reply = await send(result).catch((error) => {
      if (!isRefused(error)) throw error;
      this.host.report(error);
      return send(failed(error.message));
    });
    this.settle(call);
    return reply;
  }

  /** The server has the result, or no use for one. */
  settle({ id }: ClientToolCall): void {
    this.#results.delete(id);
    this.#wanted.delete(id);
    this.#settled.add(id);
  }

  isSettled({ id }: ClientToolCall): boolean {
    return this.#settled.has(id);
  }

  async #run({ name, arguments: params }: ClientToolCall): Promise<unknown> {
    const tool = this.host.clientTool();
    try {
      if (!tool) throw new Error('This page offers no client tools.');
      return asJson(await tool({ name, params }));
    } catch (error) {
      this.host.report(error);
      return failed(toError(error).message);
    }
  }
}

function failed(reason: string): FailedResult {
  return { error: reason || 'The tool failed.' };
}

/** The last call of this turn that still waits for its result. */
export function pendingCall({ entries }: ChatState): ClientToolCall | null {
  for (const { item, status } of entries.toReversed()) {
    if (item.type === 'user_message' && status === 'done') return null;
    if (item.type === 'client_tool_call' && status === 'done' && item.status === 'pending')
      return item;
  }
  return null;
}

/** The server takes no such result, and will not if it is sent again. */
function isRefused(error: unknown): error is ApiError {
  return error instanceof ApiError && [400, 413, 422].includes(error.status);
}

/** The call waits no more: another tab answered it, or the user's next message ended it. */
export function isTooLate(error: unknown): boolean {
  return error instanceof ApiError && error.status === 409 && error.runId === null;
}

/** The server wants a result even from a tool that has nothing to say. Throws for what is no JSON. */
function asJson(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value ?? {}) ?? '{}');
}
