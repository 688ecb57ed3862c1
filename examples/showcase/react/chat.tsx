import {
  ChatKit,
  type ChatKitOptions,
  type UseChatKitReturn,
  useChatKit,
} from '@openai/chatkit-react';
import { useEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import { chosen } from '../page/page.js';
import { events, handlers } from './events';

/** The element wherever the page has it, and `window.host` to do with it what a page may do. */
export function Chat() {
  const [options, setOptions] = useState<ChatKitOptions>(chosen);
  const [shown, setShown] = useState(true);
  const [place, setPlace] = useState<Element | null>(null);
  const chat = useChatKit({ ...options, ...handlers });

  useEffect(() => {
    window.host = {
      events,
      get element() {
        return chat.ref.current;
      },
      change: (more) => setOptions((before) => ({ ...before, ...more })),
      call: (method, ...parameters) => Reflect.apply(chat[method], null, parameters),
      show: setShown,
      renew: () => setShown(true),
      move: () => setPlace(document.body.appendChild(document.createElement('main'))),
    };
  }, [chat]);

  if (!shown) return null;
  const element = <ChatKit control={chat.control} />;
  return place ? createPortal(element, place) : element;
}

type Method = Exclude<keyof UseChatKitReturn, 'control' | 'ref'>;

declare global {
  interface Window {
    host?: {
      events: typeof events;
      readonly element: HTMLElement | null;
      change(more: Partial<ChatKitOptions>): void;
      call(method: Method, ...parameters: unknown[]): Promise<void>;
      show(shown: boolean): void;
      renew(): void;
      move(): void;
    };
  }
}
