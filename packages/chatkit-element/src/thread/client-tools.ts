import type { ChatKitOptions } from '@openai/chatkit';
import type { ClientToolCall } from '../protocol/items';
import { addClientToolOutput, type ChatKitRequest } from '../protocol/requests';
import { toError } from './failure';
import type { ChatState } from './state';

interface ToolsHost {
  clientTool(): ChatKitOptions['onClientTool'];
  report(error: unknown): void;
}

/** What the server asks of the page: each call is answered once. */
export class ClientTools {
  #answered = new Set<string>();

  constructor(private readonly host: ToolsHost) {}

  /** The answer to the call with which a response ended; null when it ended with something else. */
  async answer(state: ChatState): Promise<ChatKitRequest | null> {
    const call = state.entries.findLast(({ status }) => status !== 'unsent')?.item;
    if (!state.thread || call?.type !== 'client_tool_call' || call.status !== 'pending')
      return null;
    if (this.#answered.has(call.id)) return null;
    this.#answered.add(call.id);
    return addClientToolOutput(state.thread.id, await this.#run(call));
  }

  async #run(call: ClientToolCall): Promise<unknown> {
    const tool = this.host.clientTool();
    try {
      if (!tool) throw new Error('This page offers no client tools.');
      return (await tool({ name: call.name, params: call.arguments })) ?? {};
    } catch (error) {
      this.host.report(error);
      return { error: toError(error).message };
    }
  }
}
