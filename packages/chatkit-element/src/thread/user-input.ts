import type { OpenAIChatKit } from '@openai/chatkit';
import { type AttachmentReference, readAttachment } from '../protocol/attachments';
import type { UserContent, UserMessage } from '../protocol/items';
import { readList } from '../protocol/json';
import type { UserInput } from '../protocol/requests';

export type SendParams = Parameters<OpenAIChatKit['sendUserMessage']>[0];

/** Throws when there is nothing to send. */
export function readUserInput(params: SendParams): UserInput {
  const content = readContent(params);
  const attachments = readAttachments(params.attachments);
  const said = content.some((part) => part.type === 'input_tag' || part.text.trim() !== '');
  if (!said && attachments.length === 0) {
    throw new Error('ChatKit: sendUserMessage() ignored - the message is empty.');
  }
  return {
    content,
    attachments,
    quotedText: params.reply ?? '',
    toolChoice: params.toolChoice?.id,
    model: params.model,
  };
}

export function readAttachments(attachments: SendParams['attachments']): AttachmentReference[] {
  return readList(attachments, readAttachment);
}

export function readContent(params: Pick<SendParams, 'text' | 'content'>): UserContent[] {
  const content: UserContent[] = (params.content ?? []).map((part) =>
    part.type === 'input_text'
      ? { type: part.type, text: part.text }
      : { ...part, data: part.data ?? {}, interactive: part.interactive ?? false },
  );
  if (params.content === undefined && params.text?.trim()) {
    content.push({ type: 'input_text', text: params.text.trim() });
  }
  return content;
}

let sent = 0;

/** The user's message as shown until the server confirms it. */
export function unconfirmedMessage(input: UserInput): UserMessage {
  sent += 1;
  return {
    type: 'user_message',
    id: `unconfirmed-${sent}`,
    created_at: new Date().toISOString(),
    content: input.content,
    attachments: input.attachments,
    quoted_text: input.quotedText,
  };
}
