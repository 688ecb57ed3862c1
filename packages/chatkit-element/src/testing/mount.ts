import type { ChatKitEvents } from '@openai/chatkit';
import { ChatKitElement } from '../chatkit-element';
import { contentText, type DraftPart } from '../components/composer/draft';
import { read } from '../components/composer/editor-content';
import { define } from '../define';
import type { ExtendedOptions } from '../options/extended';
import { FakeServer, until } from './fake-server';

define();

export const EVENT_NAMES = [
  'ready',
  'error',
  'effect',
  'deeplink',
  'response.start',
  'response.end',
  'history.open',
  'history.close',
  'thread.change',
  'thread.load.start',
  'thread.load.end',
  'tool.change',
  'log',
].map((name) => `chatkit.${name}` as keyof ChatKitEvents);

export interface Input extends HTMLElement {
  readonly value: string;
  readonly placeholder: string;
  readonly disabled: boolean;
}

/** An element with everything it says, and a server behind it. */
export class Mounted {
  readonly element = new ChatKitElement();
  readonly events: Array<[string, unknown]> = [];

  constructor(readonly server = new FakeServer()) {
    for (const name of EVENT_NAMES) {
      this.element.addEventListener(name, (event: Event) => {
        this.events.push([name.slice('chatkit.'.length), (event as CustomEvent).detail]);
      });
    }
  }

  options(more: Partial<ExtendedOptions> = {}): ExtendedOptions {
    return { api: { url: '/chatkit', domainKey: 'any', fetch: this.server.fetch }, ...more };
  }

  async start(more: Partial<ExtendedOptions> = {}): Promise<this> {
    this.element.setOptions(this.options(more));
    document.body.append(this.element);
    await this.until(() => this.named('ready').length > 0);
    return this;
  }

  named(name: string): unknown[] {
    return this.events.filter(([type]) => type === name).map(([, detail]) => detail);
  }

  get shadow(): ShadowRoot {
    if (!this.element.shadowRoot) throw new Error('Nothing is drawn yet.');
    return this.element.shadowRoot;
  }

  find<T extends Element = HTMLElement>(selector: string): T {
    const found = this.shadow.querySelector<T>(selector);
    if (!found) throw new Error(`No ${selector} in: ${this.shadow.textContent}`);
    return found;
  }

  all(selector: string): Element[] {
    return [...(this.element.shadowRoot?.querySelectorAll(selector) ?? [])];
  }

  button(name: string): HTMLButtonElement {
    const found = this.all('button').find(
      (button) => (button.getAttribute('aria-label') ?? button.textContent?.trim()) === name,
    );
    if (!found) throw new Error(`No button “${name}”.`);
    return found as HTMLButtonElement;
  }

  /** Where the user writes, read as if it were a plain field. */
  get input(): Input {
    const node = this.find('.input');
    const field = {
      value: () => contentText(this.draft),
      placeholder: () => node.getAttribute('aria-placeholder') ?? '',
      disabled: () => node.getAttribute('aria-disabled') === 'true',
    };
    for (const [name, get] of Object.entries(field)) {
      Object.defineProperty(node, name, { get, configurable: true });
    }
    return node as Input;
  }

  /** What is written, with its chips. */
  get draft(): DraftPart[] {
    return read(this.find('.input'));
  }

  /** Replaces what is written, as one key that was typed at its end. */
  async type(text: string): Promise<void> {
    const { input } = this;
    const before = { inputType: 'insertText', data: text.slice(-1), bubbles: true };
    input.dispatchEvent(new InputEvent('beforeinput', { ...before, cancelable: true }));
    input.replaceChildren(text);
    input.dispatchEvent(new InputEvent('input', before));
    await this.element.updateComplete;
  }

  press(
    key: string,
    more: KeyboardEventInit & { keyCode?: number } = {},
    on: Element = this.input,
  ) {
    const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more });
    on.dispatchEvent(event);
    return event;
  }

  /** Sends and lets the server answer in full. */
  async exchange(question: string, events: object[]): Promise<void> {
    const before = this.server.streams.length;
    await this.type(question);
    this.press('Enter');
    await this.until(() => this.server.streams.length > before);
    this.server.stream.send(...events).close();
    await this.until(() => this.shadow.querySelector('[aria-busy="false"]') !== null);
  }

  until(check: () => boolean): Promise<void> {
    return until(check);
  }

  async settled(): Promise<void> {
    await this.element.updateComplete;
    await new Promise((resolve) => requestAnimationFrame(resolve));
    await this.element.updateComplete;
  }
}
