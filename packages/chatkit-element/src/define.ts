import { ChatKitElement } from './chatkit-element';
import { shareLit } from './lazy/share-lit';

export const TAG = 'openai-chatkit';

/** Registers the tag. A page that loads the script twice, or another one first, keeps the first. */
export function define(): void {
  shareLit();
  if (!customElements.get(TAG)) customElements.define(TAG, ChatKitElement);
}
