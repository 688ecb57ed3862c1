import type { ChatKitEvents, ChatKitOptions, OpenAIChatKit } from '@openai/chatkit';
import { LitElement, type TemplateResult } from 'lit';
import { afterPaint } from './components/after-paint';
import { ChatRoot } from './components/chat-root';
import { chooseLocale } from './locales/locales';
import type { ExtendedOptions } from './options/extended';
import { customApi, findProblem, type OptionsProblem } from './options/options';
import { pageSurroundings } from './page-surroundings';
import { applyTheme, loadFonts } from './theme/apply-theme';
import { styles } from './theme/styles';
import { ChatController } from './thread/controller';
import type { SendParams } from './thread/user-input';
import { ChatKitClient, NetworkError } from './transport/client';

type EventDetail<K extends keyof ChatKitEvents> = ChatKitEvents[K]['detail'];
type ComposerValue = Parameters<OpenAIChatKit['setComposerValue']>[0];
type CustomAction = Parameters<OpenAIChatKit['sendCustomAction']>[0];

/** A method that was called before it could run. */
interface Call {
  run(): Promise<void>;
  reject(error: Error): void;
}

/**
 * `<openai-chatkit>`: options in, events out, one chat inside. It starts once it is in a document
 * and has options, in whichever order they come, and announces itself with `chatkit.ready`.
 */
export class ChatKitElement extends LitElement implements OpenAIChatKit {
  static override styles = styles;

  #options: ExtendedOptions | null = null;
  #phase: 'waiting' | 'starting' | 'ready' = 'waiting';
  #callOff: (() => void) | null = null;
  #queue: Call[] = [];
  #catchingUp = false;
  #cut = false;
  #stopAttending: (() => void) | null = null;

  readonly #client = new ChatKitClient(() => this.#endpoint());
  readonly #controller = new ChatController({
    client: this.#client,
    surroundings: pageSurroundings,
    emit: (type, detail) => this.#emit(type, detail),
    changed: (streaming) => this.#root.stateChanged(streaming),
    giveBack: (message) => this.#root.composer.giveBack(message),
    clientTool: () => this.#options?.onClientTool,
  });

  readonly #root = new ChatRoot({
    client: this.#client,
    options: () => this.#options,
    shadow: () => this.renderRoot ?? this,
    redraw: () => this.requestUpdate(),
    emit: (type, detail) => this.#emit(type, detail),
    controller: this.#controller,
  });

  // Options

  setOptions(options: ExtendedOptions): void {
    this.#options = options;
    this.#start();
    this.requestUpdate();
  }

  // Methods

  focusComposer(): Promise<void> {
    return this.#whenReady(async () => {
      await this.updateComplete;
      this.#root.composer.focus();
    });
  }

  setThreadId(threadId: string | null): Promise<void> {
    return this.#whenReady(async () => {
      this.#controller.refuseToLeave('setThreadId');
      if (threadId === null) this.#controller.newThread();
      else if (threadId !== this.#controller.activeThreadId) await this.#controller.open(threadId);
    });
  }

  sendUserMessage(params: SendParams): Promise<void> {
    return this.#whenReady(() => this.#controller.send(params));
  }

  setComposerValue(params: ComposerValue): Promise<void> {
    return this.#whenReady(async () => {
      this.#root.composer.setValue(params, this.#options);
      await this.#root.composer.attachments.set(params);
      await this.updateComplete;
    });
  }

  sendCustomAction(action: CustomAction, itemId?: string): Promise<void> {
    return this.#whenReady(() => this.#controller.sendCustomAction(action, itemId));
  }

  /** Beyond the original: stops the answer under way; resolves once it has ended. */
  stop(): Promise<void> {
    return this.#whenReady(() => this.#root.stop());
  }

  fetchUpdates(): Promise<void> {
    return this.#whenReady(async () => {
      this.#controller.refuseWhenBusy('fetchUpdates');
      await this.#controller.refresh();
    });
  }

  showHistory(): Promise<void> {
    return this.#whenReady(async () => {
      if (this.#options?.history?.enabled === false) {
        throw new Error('ChatKit: showHistory() ignored - history is disabled.');
      }
      this.#controller.history.show();
    });
  }

  hideHistory(): Promise<void> {
    return this.#whenReady(async () => this.#controller.history.hide());
  }

  // Life in the document

  override connectedCallback(): void {
    super.connectedCallback();
    this.#start();
    this.#root.returned();
    this.#stopAttending ??= this.#controller.attend();
    if (this.#cut) this.#controller.returned();
    this.#cut = false;
    if (this.#phase === 'ready') void this.#catchUp();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // A move takes the element out and puts it back at once: only a real removal ends anything.
    queueMicrotask(() => {
      if (!this.isConnected) this.#leave();
    });
  }

  protected override willUpdate(): void {
    this.#root.beforeDraw();
  }

  protected override render(): TemplateResult {
    return this.#root.render(this.#options, this.#problem);
  }

  protected override updated(): void {
    const root = this.renderRoot.querySelector<HTMLElement>('.chat');
    if (root) applyTheme(root, this.#options);
    this.#root.afterDraw(this.#options);
  }

  get #problem() {
    return this.#options && findProblem(this.#options);
  }

  #start(): void {
    if (!this.#options || !this.isConnected || this.#phase === 'starting') return;
    const problem = this.#problem;
    if (problem) {
      this.#callOff?.();
      this.#callOff = afterPaint(() => {
        const error = this.#refusal(problem);
        this.#emit('chatkit.error', { error });
        for (const { reject } of this.#queue.splice(0)) reject(error);
      });
      return;
    }
    loadFonts(themeFonts(this.#options));
    if (this.#phase === 'ready') return;
    this.#phase = 'starting';
    this.#callOff?.();
    this.#callOff = afterPaint(() => void this.#ready());
  }

  async #ready(): Promise<void> {
    const start = this.#callOff;
    if (this.#options) await this.#root.worded(this.#options);
    await this.updateComplete;
    // Taken out meanwhile: whoever puts it back starts anew.
    if (this.#callOff !== start) return;
    this.#phase = 'ready';
    this.#callOff = null;
    this.#emit('chatkit.ready', undefined);
    const initial = this.#options?.initialThread;
    // The failure is on screen and was reported; the calls that waited still have their turn.
    if (initial) await this.#controller.open(initial).catch(() => {});
    await this.#catchUp();
  }

  /** Runs the calls that waited, in their order, while the chat is in the document. */
  async #catchUp(): Promise<void> {
    if (this.#catchingUp) return;
    this.#catchingUp = true;
    while (this.isConnected && this.#queue.length > 0) await this.#queue.shift()?.run();
    this.#catchingUp = false;
  }

  #leave(): void {
    this.#callOff?.();
    this.#callOff = null;
    if (this.#phase === 'starting') this.#phase = 'waiting';
    this.#stopAttending?.();
    this.#stopAttending = null;
    this.#cut = this.#controller.leave() || this.#cut;
    this.#root.release();
  }

  /** Runs a call now, or once the chat is ready and in the document when it came early. */
  #whenReady(call: () => Promise<void>): Promise<void> {
    const problem = this.#problem;
    if (problem) return Promise.reject(this.#refusal(problem));
    if (this.#phase === 'ready' && this.isConnected && this.#queue.length === 0) return call();
    return new Promise((resolve, reject) => {
      this.#queue.push({ run: () => call().then(resolve, reject), reject });
    });
  }

  #refusal(problem: OptionsProblem): Error {
    return new Error(`ChatKit: ${this.#root.describe(problem)}`);
  }

  #endpoint() {
    const options = this.#options;
    if (!options) throw new Error('ChatKit: setOptions() was not called.');
    const { url, fetch: own } = customApi(options);
    return {
      url,
      locale: chooseLocale(options.locale),
      custom: own !== undefined,
      fetch: async (address: string, init: RequestInit) => {
        // Called bare: `fetch: window.fetch` must not see the options object as its `this`.
        const response = await (own ?? fetch)(address, init);
        if (!response) throw new NetworkError('api.fetch returned nothing.');
        return response;
      },
    };
  }

  #emit<K extends keyof ChatKitEvents>(type: K, detail: EventDetail<K>): void {
    this.dispatchEvent(new CustomEvent(type, { detail: detail ?? null }));
  }
}

function themeFonts(options: ChatKitOptions) {
  return typeof options.theme === 'object' ? options.theme.typography?.fontSources : undefined;
}
