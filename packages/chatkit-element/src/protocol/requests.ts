import type { AttachmentReference } from './attachments';
import type { UserContent } from './items';
import type { JsonObject } from './json';

/** The requests this element sends. `params` is always there: the server requires it. */
export interface ChatKitRequest {
  type: string;
  params: JsonObject;
  metadata?: JsonObject;
}

export interface UserInput {
  content: UserContent[];
  attachments: AttachmentReference[];
  quotedText: string;
  toolChoice?: string;
  model?: string;
}

export interface CustomAction {
  type: string;
  payload?: JsonObject;
}

export type FeedbackKind = 'positive' | 'negative';

export interface PageQuery {
  limit: number;
  after?: string;
}

export function createThread(input: UserInput): ChatKitRequest {
  return { type: 'threads.create', params: { input: wireInput(input) } };
}

export function addUserMessage(threadId: string, input: UserInput): ChatKitRequest {
  return {
    type: 'threads.add_user_message',
    params: { thread_id: threadId, input: wireInput(input) },
  };
}

export function retryAfterItem(threadId: string, itemId: string): ChatKitRequest {
  return { type: 'threads.retry_after_item', params: { thread_id: threadId, item_id: itemId } };
}

export function addClientToolOutput(threadId: string, result: unknown): ChatKitRequest {
  return { type: 'threads.add_client_tool_output', params: { thread_id: threadId, result } };
}

export function customAction(
  threadId: string,
  action: CustomAction,
  itemId?: string,
): ChatKitRequest {
  const wireAction =
    action.payload === undefined
      ? { type: action.type }
      : { type: action.type, payload: action.payload };
  const item = itemId === undefined ? {} : { item_id: itemId };
  return {
    type: 'threads.custom_action',
    params: { thread_id: threadId, ...item, action: wireAction },
  };
}

/**
 * The same request of a client that can come back to its answer. `key` names the user's gesture: a
 * server that knows runs makes one run of all requests with it. Others ignore both.
 */
export function resumable(request: ChatKitRequest, key: string): ChatKitRequest {
  return { ...request, metadata: { resumable: true, idempotency_key: key } };
}

export function stopRun(runId: string): ChatKitRequest {
  return { type: 'runs.stop', params: { run_id: runId } };
}

export function getThread(threadId: string): ChatKitRequest {
  return { type: 'threads.get_by_id', params: { thread_id: threadId } };
}

export function listThreads(page: PageQuery): ChatKitRequest {
  return { type: 'threads.list', params: { order: 'desc', ...page } };
}

export function listItems(threadId: string, page: PageQuery): ChatKitRequest {
  return { type: 'items.list', params: { thread_id: threadId, order: 'desc', ...page } };
}

export function renameThread(threadId: string, title: string): ChatKitRequest {
  return { type: 'threads.update', params: { thread_id: threadId, title } };
}

export function deleteThread(threadId: string): ChatKitRequest {
  return { type: 'threads.delete', params: { thread_id: threadId } };
}

/** What the user thinks of a turn: of everything the assistant put into it. */
export function sendFeedback(
  threadId: string,
  itemIds: string[],
  kind: FeedbackKind,
): ChatKitRequest {
  return { type: 'items.feedback', params: { thread_id: threadId, item_ids: itemIds, kind } };
}

/** The server refuses a tag without `data` and an input without its two empty fields. */
function wireInput(input: UserInput): JsonObject {
  const options: JsonObject = {};
  if (input.toolChoice) options.tool_choice = { id: input.toolChoice };
  if (input.model) options.model = input.model;
  return {
    content: input.content,
    attachments: input.attachments.map(({ id }) => id),
    quoted_text: input.quotedText,
    inference_options: options,
  };
}
