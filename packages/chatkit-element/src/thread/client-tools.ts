import type { ChatKitOptions } from '@openai/chatkit';
import type { ClientToolCall } from '../protocol/items';
import { ApiError } from '../transport/client';
import { toError } from './failure';
import { type ChatState, findInTurn } from './state';

interface ToolsHost {
  clientTool(): ChatKitOptions['onClientTool'];
  report(error: unknown): void;
}

/** What the server asks of the page. Each call is carried out once, however often it is asked for. */
export class ClientTools {
  /** Results by call, from when its tool was started; null once the server has it. */
  readonly #results = new Map<string, Promise<unknown> | null>();

  constructor(private readonly host: ToolsHost) {}

  knows({ id }: ClientToolCall): boolean {
    return this.#results.has(id);
  }

  /** What can be sent as the result of the call. Never rejects; may never resolve. */
  result(call: ClientToolCall): Promise<unknown> {
    const result = this.#results.get(call.id) ?? this.#run(call);
    this.#results.set(call.id, result);
    return result;
  }

  /** Sends the result. When the server does not take it, the model learns why. */
  async deliver<T>(
    call: ClientToolCall,
    result: unknown,
    send: (result: unknown) => Promise<T>,
  ): Promise<T> {
    const reply = await send(result).catch((error) => {
      if (!isRefused(error)) throw error;
      return send(this.#failed(error));
    });
    this.settle(call);
    return reply;
  }

  /** The server has the result, or no use for one. */
  settle({ id }: ClientToolCall): void {
    this.#results.set(id, null);
  }

  async #run({ name, arguments: params }: ClientToolCall): Promise<unknown> {
    const tool = this.host.clientTool();
    try {
      if (!tool) throw new Error('This page offers no client tools.');
      return asJson(await tool({ name, params }));
    } catch (error) {
      return this.#failed(error);
    }
  }

  /** The page and the model are told. */
  #failed(error: unknown): { error: string } {
    this.host.report(error);
    return { error: toError(error).message || 'The tool failed.' };
  }
}

/** The last call of this turn that still waits for its result. */
export function pendingCall(state: ChatState): ClientToolCall | null {
  return findInTurn(
    state,
    (item): item is ClientToolCall => item.type === 'client_tool_call' && item.status === 'pending',
  );
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
