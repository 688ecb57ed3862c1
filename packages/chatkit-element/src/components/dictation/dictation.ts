import { html, nothing, type TemplateResult } from 'lit';
import { ref } from 'lit/directives/ref.js';
import type { AnswerKit } from '../../parts/answers/kit';
import { readTranscript, transcribe } from '../../protocol/transcription';
import { dictationStyles } from './dictation-styles';
import { LevelMeter } from './level-meter';
import { base64Of, Recorder, recordingFormat } from './recorder';
import { clock, type DictationWords, microphoneTrouble, spaced, wordsIn } from './words';

/** The longest recording, in seconds: it then ends by itself, and what was said is kept. */
export const LONGEST = 300;
/** How often the clock is looked at, in ms. */
const TICK = 200;

type DictationKit = Pick<
  AnswerKit,
  'strings' | 'icon' | 'redraw' | 'composer' | 'client' | 'describe' | 'report' | 'announce'
>;

/** What is going on. `blob`: what was said, as long as it can be sent again. */
type Stage =
  | { at: 'asking' }
  | { at: 'recording'; recorder: Recorder; meter: LevelMeter | null; since: number }
  | { at: 'transcribing'; abort: AbortController }
  | { at: 'failed'; reason: string; blob: Blob | null };

/** Speech into the composer. Parts: dictation, dictate-button. */
export class Dictation {
  readonly styles = dictationStyles;
  #stage: Stage | null = null;
  #threadId: string | null = null;
  #timer: ReturnType<typeof setInterval> | undefined;
  #bar: Element | null = null;
  /** The button that began it takes the focus back. */
  #refocus = false;

  constructor(private readonly kit: DictationKit) {}

  /** Nothing where the browser has no microphone to offer. */
  button(): TemplateResult | typeof nothing {
    if (!recordingFormat()) return nothing;
    const { dictate } = this.#words;
    return html`<button
      type="button"
      class=${this.#refocus ? 'icon-button dictate focus-first' : 'icon-button dictate'}
      part="dictate-button"
      aria-label=${dictate}
      title=${dictate}
      @click=${() => void this.#begin()}
    >
      ${MICROPHONE}
    </button>`;
  }

  /** What stands in the place of the buttons while something is going on; else null. */
  bar(threadId: string | null): TemplateResult | null {
    // What was said belongs to the thread it was said in.
    if (this.#threadId !== null && this.#threadId !== threadId) this.#end();
    this.#threadId = threadId;
    const stage = this.#stage;
    if (!stage) return null;
    return html`<div
      class="dictation"
      part="dictation"
      role="group"
      aria-label=${this.#words.recording}
      data-at=${stage.at}
      @keydown=${this.#keydown}
      ${ref(this.#placed)}
    >
      ${this.#content(stage)}
    </div>`;
  }

  get #words(): DictationWords {
    return wordsIn(this.kit.strings);
  }

  #content(stage: Stage) {
    const words = this.#words;
    switch (stage.at) {
      case 'asking':
        return html`${this.#discardButton()}<span class="shimmer">${words.microphoneAsking}</span>`;
      case 'recording':
        return html`${this.#discardButton()}
          <canvas class="levels" aria-hidden="true"></canvas>
          <span class="clock" role="timer"></span>
          <button
            type="button"
            class="round-button focus-first"
            aria-label=${words.insertRecording}
            title=${words.insertRecording}
            @click=${() => void this.#finish()}
          >
            ${this.kit.icon('check')}
          </button>`;
      case 'transcribing':
        return html`${this.#discardButton()}<span class="shimmer">${words.transcribing}</span>`;
      case 'failed':
        return html`<p class="trouble">${this.kit.icon('warning')}<span>${stage.reason}</span></p>
          <button type="button" class="text-button focus-first" @click=${() => this.#again(stage.blob)}>
            ${words.tryAgain}
          </button>
          <button type="button" class="text-button" @click=${() => this.#cancel()}>
            ${words.dismiss}
          </button>`;
    }
  }

  #discardButton() {
    const { discardRecording } = this.#words;
    return html`<button
      type="button"
      class="icon-button"
      aria-label=${discardRecording}
      title=${discardRecording}
      @click=${() => this.#cancel()}
    >
      ${this.kit.icon('close')}
    </button>`;
  }

  async #begin(): Promise<void> {
    const format = recordingFormat();
    if (this.#stage || !format) return;
    const asking = this.#enter({ at: 'asking' });
    // Fetched now, it is there when the words are.
    void this.kit.composer.writing;
    try {
      const recorder = await Recorder.start(format, () => void this.#finish());
      if (this.#stage !== asking) {
        recorder.discard();
        return;
      }
      const canvas = () => this.#bar?.querySelector('canvas') ?? null;
      const meter = LevelMeter.watch(recorder.stream, canvas);
      this.#enter({ at: 'recording', recorder, meter, since: Date.now() });
      this.#timer = setInterval(() => this.#tick(), TICK);
      this.kit.announce(this.#words.recording);
    } catch (error) {
      if (this.#stage === asking) this.#fail(microphoneTrouble(error, this.#words), null, error);
    }
  }

  #tick(): void {
    if (this.#stage?.at !== 'recording') return;
    const seconds = (Date.now() - this.#stage.since) / 1000;
    const shown = this.#bar?.querySelector('.clock');
    if (shown) {
      const time = clock(Math.min(seconds, LONGEST));
      shown.textContent = this.#words.recordingLimit(time, clock(LONGEST));
    }
    if (seconds >= LONGEST) void this.#finish();
  }

  async #finish(): Promise<void> {
    const stage = this.#stage;
    if (stage?.at !== 'recording') return;
    this.#quiet(stage);
    const stopping = this.#enter({ at: 'transcribing', abort: new AbortController() });
    const blob = await stage.recorder.stop();
    if (this.#stage === stopping) await this.#send(blob);
  }

  async #send(blob: Blob): Promise<void> {
    if (blob.size === 0) {
      this.#fail(this.#words.nothingHeard, null);
      return;
    }
    const abort = new AbortController();
    const sending = this.#enter({ at: 'transcribing', abort });
    this.kit.announce(this.#words.transcribing);
    try {
      const request = transcribe(await base64Of(blob), blob.type);
      const text = readTranscript(await this.kit.client.ask(request, abort.signal));
      if (this.#stage !== sending) return;
      if (text) this.#insert(text);
      else this.#fail(this.#words.nothingHeard, null);
    } catch (error) {
      if (this.#stage !== sending) return;
      const { message, code } = this.kit.describe(error);
      const { failures, failure } = this.kit.strings;
      this.#fail(message ?? failures[code] ?? failure, blob, error);
    }
  }

  #insert(text: string): void {
    const { composer, announce } = this.kit;
    this.#enter(null);
    const { writing } = composer;
    const said = spaced(text, writing?.textBeforeCaret ?? '');
    // Read before the field takes the focus: not every browser keeps the caret then.
    const span = writing?.span;
    composer.focusGently();
    if (writing && span) writing.replace(span, [{ type: 'input_text', text: said }]);
    else composer.insertText(said);
    announce(this.#words.transcribed(text));
  }

  #fail(reason: string, blob: Blob | null, error?: unknown): void {
    this.#enter({ at: 'failed', reason, blob });
    this.kit.announce(reason);
    if (error) this.kit.report(error);
  }

  /** Sends what was said again, else lets it be said again. */
  #again(blob: Blob | null): void {
    this.#stage = null;
    if (blob) void this.#send(blob);
    else void this.#begin();
  }

  #cancel(): void {
    this.#refocus = true;
    this.#end();
  }

  #end(): void {
    const stage = this.#stage;
    if (!stage) return;
    if (stage.at === 'recording') {
      this.#quiet(stage);
      stage.recorder.discard();
    }
    if (stage.at === 'transcribing') stage.abort.abort();
    this.#enter(null);
  }

  #quiet({ meter }: { meter: LevelMeter | null }): void {
    clearInterval(this.#timer);
    meter?.close();
  }

  #enter<S extends Stage | null>(stage: S): S {
    if (stage) this.#refocus = false;
    this.#stage = stage;
    this.kit.redraw();
    return stage;
  }

  #keydown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    this.#cancel();
  };

  /** Whatever takes the bar away lets the microphone go: a thread that locks, a chat that is removed. */
  #placed = (bar?: Element): void => {
    this.#bar = bar ?? null;
    queueMicrotask(() => {
      if (!this.#bar?.isConnected) this.#end();
    });
  };
}

const MICROPHONE = html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
  <path d="M12 3.5a3 3 0 0 0-3 3V11a3 3 0 0 0 6 0V6.5a3 3 0 0 0-3-3zM5.5 11a6.5 6.5 0 0 0 13 0M12 17.5v3" />
</svg>`;
