import type { UseChatKitOptions } from '@openai/chatkit-react';

/** Names and details of all events so far. */
export const events: Array<[name: string, detail: unknown]> = [];

const note = (name: string) => (detail?: unknown) => void events.push([name, detail]);

export const handlers: Partial<UseChatKitOptions> = {
  onReady: note('ready'),
  onError: note('error'),
  onEffect: note('effect'),
  onDeeplink: note('deeplink'),
  onResponseStart: note('response.start'),
  onResponseEnd: note('response.end'),
  onHistoryOpen: note('history.open'),
  onHistoryClose: note('history.close'),
  onThreadChange: note('thread.change'),
  onThreadLoadStart: note('thread.load.start'),
  onThreadLoadEnd: note('thread.load.end'),
  onToolChange: note('tool.change'),
  onLog: note('log'),
};
