import type { ChatKitOptions } from '@openai/chatkit';

export const chosen: ChatKitOptions;
