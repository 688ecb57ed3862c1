import type { ChatKitOptions } from '@openai/chatkit';
import { html, type TemplateResult } from 'lit';
import { icon } from '../icons/icon';
import { en } from '../locales/en';
import { chooseLocale, directionOf, localeOfWords, type Strings } from '../locales/locales';
import type { MarkdownContext } from '../markdown/markdown';
import { plainWords } from '../markdown/plain-words';
import { type ExtendedOptions, headingLevelOf } from '../options/extended';
import type { OptionsProblem } from '../options/options';
import { adoptStyles } from '../theme/adopt-styles';
import type { ChatController, Emit } from '../thread/controller';
import { describeFailure } from '../thread/failure';
import { type ChatState, isWritable, messageText } from '../thread/state';
import type { ChatKitClient } from '../transport/client';
import { Composer } from './composer/composer';
import { Entities } from './entities/entities';
import { header } from './header/header';
import { History } from './history/history';
import { FocusKeeper } from './message-list/focus-keeper';
import { messageList } from './message-list/message-list';
import { NearTurns } from './message-list/near-turns';
import { ScrollKeeper } from './message-list/scroll-keeper';
import { Quoting } from './quote/quoting';
import { startScreen } from './start-screen/start-screen';
import { SteadyDrawing } from './steady-drawing';
import { questionForm } from './structured-input/asking';
import { AnswerParts } from './thread-item/answer-parts';
import { isTouch } from './touch';
import type { ChatActions, ChatView } from './view';
import { Words } from './words';

interface RootHost {
  client: ChatKitClient;
  options(): ChatKitOptions | null;
  shadow(): ParentNode;
  redraw(): void;
  emit: Emit;
  controller: ChatController;
}

/** The whole chat: puts the rooms together, and does what concerns more than one of them. */
export class ChatRoot {
  readonly composer: Composer;
  readonly #history: History;
  readonly #scroll: ScrollKeeper;
  readonly #near: NearTurns;
  readonly #focus = new FocusKeeper();
  readonly #actions: ChatActions;
  readonly #answers: AnswerParts;
  readonly #entities: Entities;
  readonly #quoting: Quoting;
  #view!: ChatView;
  #markdown: MarkdownContext | null = null;
  readonly #words: Words;
  #strings: Strings = en;
  #locale = 'en';
  #shown: ChatState;
  #announcement = '';
  readonly #drawing: SteadyDrawing;

  constructor(private readonly host: RootHost) {
    const { controller } = host;
    this.#drawing = new SteadyDrawing(host.redraw);
    this.#shown = controller.state;
    const lent = {
      ...host,
      icon,
      root: host.shadow,
      changed: host.redraw,
      toolChanged: (toolId: string | null) => host.emit('chatkit.tool.change', { toolId }),
      words: () => ({ strings: this.#strings, locale: this.#locale }),
      writable: () => isWritable(controller.state) && !controller.history.state.open,
      describe: (error: unknown) => describeFailure(error, null),
      report: (error: unknown) => controller.report(error),
      announce: (words: string) => this.announce(words),
      refresh: () => void controller.refresh().catch(() => {}),
    };
    this.composer = new Composer(lent);
    this.#words = new Words(host.redraw);
    const { shadow, redraw } = host;
    this.#history = new History({
      shadow,
      redraw,
      focusComposer: () => this.composer.focusGently(),
    });
    this.#scroll = new ScrollKeeper(
      () => {
        // What failed is tried again by hand only.
        if (controller.state.older.status === 'idle') void controller.loadOlder();
      },
      () => this.#near.follow(),
    );
    const read = () => this.#scroll.read;
    this.#near = new NearTurns({ root: shadow, redraw, read, words: () => this.#strings });
    this.#actions = this.#makeActions();
    const seen = { view: () => this.#view, root: host.shadow };
    this.#entities = new Entities({ ...seen, report: (error) => controller.report(error) });
    this.#quoting = new Quoting({
      ...seen,
      announce: (words) => this.announce(words),
      quote: (reply) => {
        this.composer.write({ reply });
        this.composer.focus();
      },
    });
    this.#answers = new AnswerParts({
      ...lent,
      composer: this.composer,
      view: () => this.#view,
      adopt: (styles) => adoptStyles(host.shadow(), styles),
    });
  }

  /** Words that stream by are drawn together. */
  stateChanged(streaming: boolean): void {
    const { state, wantedThreadId } = this.host.controller;
    this.composer.follow(wantedThreadId, state.phase === 'responding');
    if (!streaming || typeof requestAnimationFrame === 'undefined' || document.hidden) {
      this.host.redraw();
      return;
    }
    this.#drawing.soon();
  }

  /** Resolves when the chat has words to say. */
  worded(options: ExtendedOptions): Promise<void> {
    return this.#words.ready(chooseLocale(options.locale));
  }

  describe(problem: OptionsProblem): string {
    return this.#strings.failures[problem] ?? this.#strings.failure;
  }

  /** The page stops the answer; resolves once it has ended. */
  async stop(): Promise<void> {
    const stopped = this.host.controller.stopForPage();
    this.#announceStop();
    await stopped;
  }

  /** Says it to who cannot see what has changed. */
  announce(words: string): void {
    this.#announcement = words;
    this.host.redraw();
  }

  beforeDraw(): void {
    this.#scroll.measure();
    this.#focus.measure(this.host.shadow());
  }

  render(options: ExtendedOptions | null, problem: OptionsProblem | null): TemplateResult {
    if (!options) return html``;
    const locale = chooseLocale(options.locale);
    const strings = this.#words.for(locale);
    if (!strings) return html``;
    this.#strings = strings;
    this.#locale = localeOfWords(locale, strings);
    const { language } = strings;
    const direction = directionOf(locale);
    if (problem) {
      return html`<section class="chat" part="chat" lang=${language} dir=${direction} aria-label=${options.frameTitle ?? strings.frameTitle}>
        <div class="notice" data-level="danger" part="failure" role="alert">
          <div class="notice-text"><p>${this.describe(problem)}</p></div>
        </div>
      </section>`;
    }
    const { state, history } = this.host.controller;
    this.#announce(state);
    const view: ChatView = {
      state,
      history: history.state,
      options,
      locale: this.#locale,
      strings,
      headingLevel: headingLevelOf(options),
      markdown: this.#markdownContext(state, strings, headingLevelOf(options) + 2),
      answers: this.#answers,
      actions: this.#actions,
      attachments: this.composer.attachments,
      entities: this.#entities,
      quoting: this.#quoting,
      near: this.#near.of,
    };
    this.#view = view;
    return html`<section
      class="chat"
      part="chat"
      lang=${language}
      dir=${direction}
      aria-label=${options.frameTitle ?? strings.frameTitle}
      @keydown=${this.#keydown}
    >
      <div class="main" ?inert=${history.state.open}>
        ${header(view)} ${this.#body(view)} ${this.composer.render(view, questionForm(view))}
      </div>
      ${this.#history.render(view)}
      <div class="spoken" role="status" aria-live="polite">${this.#announcement}</div>
    </section>`;
  }

  afterDraw(options: ExtendedOptions | null): void {
    const shadow = this.host.shadow();
    const { state } = this.host.controller;
    this.composer.afterDraw(options);
    this.#scroll.settle(
      shadow.querySelector<HTMLElement>('.list'),
      state,
      options?.thread?.autoScroll === true,
    );
    this.#near.follow();
    this.#focusFirst(shadow);
    if (isTouch()) this.#answers.keyboard()?.follow();
    this.#history.afterDraw();
    this.#focus.settle(shadow);
  }

  /** The element is in the document again: its scroll position was lost with it. */
  returned(): void {
    this.#scroll.restore();
    this.composer.attachments.desk?.returned();
    this.host.redraw();
  }

  release(): void {
    this.#scroll.release();
    this.#quoting.end();
    this.#drawing.cancel();
    this.composer.attachments.desk?.leave();
  }

  #body(view: ChatView) {
    const { state, strings } = view;
    if (state.phase === 'loading') {
      return html`<div class="list-frame">
        <div class="skeleton" role="status" aria-label=${strings.loadingThread}>
          <i></i><i></i><i></i><i></i>
        </div>
      </div>`;
    }
    const empty = state.entries.length === 0 && state.thread === null && !state.failure;
    return empty ? startScreen(view) : messageList(view, this.#scroll.travelToEnd);
  }

  /** Stays the same object while nothing in it changes, so drawn text is not drawn again. */
  #markdownContext({ thread }: ChatState, strings: Strings, headingLevel: number): MarkdownContext {
    const hosts = thread?.allowed_image_domains ?? null;
    const current = this.#markdown;
    const { copyCode, copied, table } = strings;
    if (
      current?.labels.copyCode === copyCode &&
      current.headingLevel === headingLevel &&
      JSON.stringify(current.allowedImageHosts) === JSON.stringify(hosts)
    ) {
      return current;
    }
    this.#markdown = {
      allowedImageHosts: hosts,
      headingLevel,
      onDeeplink: ({ name, data }) => this.host.emit('chatkit.deeplink', { name, data }),
      labels: { copyCode, copied, table },
    };
    return this.#markdown;
  }

  /** A finished answer is read out once; what streams by is not. */
  #announce(state: ChatState): void {
    const before = this.#shown;
    this.#shown = state;
    if (before.phase === 'idle' && state.phase === 'responding') this.#announcement = '';
    if (before.connected !== state.connected)
      this.#announcement = state.connected ? '' : this.#strings.reconnecting;
    if (before.stopping && !state.stopping && state.phase === 'idle' && !state.failure) {
      this.#announcement = this.#strings.answerStopped;
      return;
    }
    if (before.phase !== 'responding' || state.phase !== 'idle' || state.failure) return;
    const last = state.entries.findLast(({ item }) => item.type !== 'end_of_turn');
    if (!last) return;
    const words = plainWords(messageText(last.item));
    if (last.item.type === 'structured_input') this.#announcement = words;
    if (last.item.type === 'assistant_message')
      this.#announcement = this.#strings.answerDone(words);
  }

  #announceStop(): void {
    const { state } = this.host.controller;
    this.#shown = state;
    if (state.phase === 'responding' && !state.stopping) return;
    this.#announcement = state.stopping ? this.#strings.stopping : this.#strings.answerStopped;
  }

  /** A form that was just opened begins with this control. */
  #focusFirst(shadow: ParentNode): void {
    const [main, ...others] = shadow.querySelector('.chat')?.children ?? [];
    // Composer and history: nobody looks for it through a long conversation.
    const [first] = [main?.lastElementChild, ...others].flatMap(
      (place) => place?.querySelector<HTMLElement>('.focus-first:not([data-focused])') ?? [],
    );
    if (!first) return;
    first.dataset.focused = '';
    first.focus({ preventScroll: true });
    if (first instanceof HTMLInputElement) first.select();
  }

  #keydown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !this.host.controller.history.state.open) return;
    event.stopPropagation();
    this.host.controller.history.hide();
  };

  #makeActions(): ChatActions {
    const { controller } = this.host;
    const { history } = controller;
    // A failed request is on screen and was reported as an event: nobody waits for it here.
    const quietly = (work: Promise<void>) => void work.catch(() => {});
    // The button that was pressed goes away: the focus must not be lost with it.
    const thenWrite = (work: () => void) => () => {
      work();
      this.composer.focusGently();
    };
    return {
      send: (params) => {
        const chosen = this.composer.choices.take(this.host.options());
        quietly(controller.send({ ...params, ...chosen }));
        this.composer.focusGently();
      },
      stop: () => {
        controller.stop();
        this.#announceStop();
        this.composer.focusGently();
      },
      resend: thenWrite(() => quietly(controller.resend())),
      editUnsent: () => {
        controller.editUnsent();
        this.composer.focus();
      },
      regenerate: (entryKey) => {
        quietly(controller.regenerate(entryKey));
        this.composer.focusGently();
      },
      rate: (itemIds, kind) => controller.rate(itemIds, kind),
      reconnect: thenWrite(() => controller.reconnect()),
      answerCall: (instead) => thenWrite(() => controller.answerCall(instead))(),
      reply: (request, key) => quietly(controller.reply(request, key)),
      reload: thenWrite(() => quietly(controller.reload())),
      loadOlder: () => void controller.loadOlder(),
      newChat: thenWrite(() => controller.newThread()),
      openThread: (threadId) => {
        this.#history.chosen();
        history.hide();
        if (threadId !== controller.activeThreadId) quietly(controller.open(threadId));
      },
      dismissNotice: (key) => controller.dispatch({ type: 'notice.dismissed', key }),
      showHistory: () => history.show(),
      hideHistory: () => history.hide(),
      moreHistory: () => void history.load(false),
      reloadHistory: () => void history.load(true),
      renameThread: (thread, title) => void history.rename(thread, title),
      deleteThread: (thread) => void history.delete(thread),
    };
  }
}
