import { ChatKitElement } from './chatkit-element';

export const TAG = 'openai-chatkit';

/** Registers the tag. A page that loads the script twice, or another one first, keeps the first. */
export function define(): void {
  if (!customElements.get(TAG)) customElements.define(TAG, ChatKitElement);
}
