import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { ref } from 'lit/directives/ref.js';
import { repeat } from '../../lazy/repeat';
import type { StructuredInputItem } from '../../protocol/items';
import { addStructuredInput, type Question, readQuestion } from '../../protocol/structured-input';
import { freshKey } from '../../thread/fresh-key';
import { isTouch } from '../touch';
import {
  choose,
  chooseOwn,
  type Entered,
  NOTHING_ENTERED,
  submission,
  valuesOf,
  writeOwn,
} from './answers';
import { type AskedKit, wordsOf } from './kit';

/**
 * The questions of one item, one after another. What is entered stays until it is sent, whatever
 * fails on the way. Parts: structured-input, question, option.
 */
export class QuestionForm {
  readonly #questions: readonly Question[];
  #step = 0;
  readonly #entered = new Map<string, Entered>();
  #complaint = '';
  #sent = false;
  #key = { words: '', key: '' };
  /** Where the focus goes when the step is drawn: an option, or '' for the text; null leaves it alone. */
  #focusOn: string | null = null;

  constructor(
    private readonly threadId: string,
    private readonly item: StructuredInputItem,
    private readonly kit: AskedKit,
  ) {
    this.#questions = item.inputs.map(readQuestion);
    // Not where it would open an on-screen keyboard unasked.
    if (!isTouch() && this.#focus?.closest('.composer-area')) this.#aim();
  }

  /** While an answer runs there is a form only if the answers that were given here are on the way. */
  isShown(idle: boolean): boolean {
    if (idle) this.#sent = false;
    return idle || this.#sent;
  }

  render(): TemplateResult {
    const words = wordsOf(this.kit);
    const question = this.#question;
    const submit = (event: Event) => {
      event.preventDefault();
      this.#next();
    };
    const count = this.#questions.length;
    return html`<form
      class="questions"
      part="structured-input"
      novalidate
      ${ref(this.#placed)}
      aria-busy=${this.#sent}
      @submit=${submit}
    >
      ${
        count > 1
          ? html`<div class="questions-head">
              <span>${words.questionOf(this.#step + 1, count)}</span>
              ${this.#button(words.skipAll, () => this.#skipAll())}
            </div>`
          : nothing
      }
      <div class="questions-body">
        ${repeat(
          [question],
          ({ id }) => id,
          () => this.#fieldset(question),
        )}
      </div>
      ${
        this.#complaint
          ? html`<p class="complaint" id="complaint" role="alert">${this.#complaint}</p>`
          : nothing
      }
      <div class="questions-foot">
        ${this.#step > 0 ? this.#button(words.back, () => this.#go(this.#step - 1)) : nothing}
        <span class="gap"></span>
        ${
          this.#sent
            ? this.#button(words.cancel, this.kit.actions.stop)
            : this.#button(words.skip, () => this.#skip())
        }
        <button
          type="submit"
          class="text-button primary"
          aria-disabled=${this.#sent}
        >
          ${this.#sent ? words.sendingAnswer : this.#isLast ? words.sendAnswer : words.next}
        </button>
      </div>
    </form>`;
  }

  get #question(): Question {
    return this.#questions[this.#step] as Question;
  }

  get #isLast(): boolean {
    return this.#step === this.#questions.length - 1;
  }

  #of(id: string): Entered {
    return this.#entered.get(id) ?? NOTHING_ENTERED;
  }

  #fieldset(question: Question) {
    const words = wordsOf(this.kit);
    const { options, multiple, description } = question;
    const hint = description || (multiple ? words.chooseSome : '');
    const described = [hint && 'hint', this.#complaint && 'complaint'].filter(Boolean).join(' ');
    return html`<fieldset
      part="question"
      ?disabled=${this.#sent}
      aria-describedby=${described || nothing}
    >
      <legend>
        ${
          this.#questions.length > 1
            ? html`<span class="spoken"
                >${words.questionOf(this.#step + 1, this.#questions.length)}:
              </span>`
            : nothing
        }<span id="asked">${question.question}</span>
      </legend>
      ${hint ? html`<p class="hint" id="hint">${hint}</p>` : nothing}
      ${
        options.length > 0
          ? html`<div class="options">
              ${options.map((option) => this.#option(question, option))}
              ${this.#ownWords(question)}
            </div>`
          : this.#text(question)
      }
    </fieldset>`;
  }

  #option(question: Question, option: string) {
    const entered = this.#of(question.id);
    const chosen = entered.chosen.includes(option);
    return html`<label class="option" part="option" ?data-chosen=${chosen}>
      <input
        type=${question.multiple ? 'checkbox' : 'radio'}
        name="answer"
        class=${option === this.#focusOn ? 'focus-first' : nothing}
        .checked=${live(chosen)}
        @change=${() => this.#enter(choose(entered, option, question))}
      />
      <span>${option}</span>
    </label>`;
  }

  #ownWords(question: Question) {
    const words = wordsOf(this.kit);
    const entered = this.#of(question.id);
    const change = ({ target }: Event) =>
      this.#enter(chooseOwn(entered, (target as HTMLInputElement).checked, question));
    const write = ({ target }: Event) =>
      this.#enter(writeOwn(this.#of(question.id), (target as HTMLInputElement).value, question));
    // A click, not an arrow key that only passes by: there the user wants to write.
    const click = ({ currentTarget, detail }: MouseEvent) => {
      if (detail === 0) return;
      const row = (currentTarget as HTMLElement).closest('.option');
      row?.querySelector<HTMLElement>('.own')?.focus();
    };
    return html`<div class="option" part="option" ?data-chosen=${entered.ownChosen}>
      <input
        type=${question.multiple ? 'checkbox' : 'radio'}
        name="answer"
        aria-label=${words.ownWords}
        .checked=${live(entered.ownChosen)}
        @change=${change}
        @click=${click}
      />
      <input
        type="text"
        class="own"
        autocomplete="off"
        enterkeyhint=${this.#isLast ? 'send' : 'next'}
        aria-label=${words.ownWords}
        placeholder=${words.ownWords}
        .value=${live(entered.own)}
        @input=${write}
      />
    </div>`;
  }

  #text(question: Question) {
    const words = wordsOf(this.kit);
    const keydown = (event: KeyboardEvent) => {
      // As in the composer: an input method's Enter picks a word, and Safari says so only by this code.
      if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229)
        return;
      event.preventDefault();
      this.#next();
    };
    return html`<textarea
      rows="2"
      class=${this.#focusOn === '' ? 'focus-first' : nothing}
      enterkeyhint=${this.#isLast ? 'send' : 'next'}
      aria-labelledby="asked"
      placeholder=${words.yourAnswer}
      .value=${live(this.#of(question.id).own)}
      @input=${({ target }: Event) =>
        this.#enter(
          writeOwn(this.#of(question.id), (target as HTMLTextAreaElement).value, question),
        )}
      @keydown=${keydown}
    ></textarea>`;
  }

  #button(label: string, act: () => void) {
    return html`<button type="button" class="quiet-button" @click=${act}>${label}</button>`;
  }

  #enter(entered: Entered): void {
    this.#entered.set(this.#question.id, entered);
    this.#complaint = '';
    this.kit.redraw();
  }

  #next(): void {
    if (this.#sent) return;
    const question = this.#question;
    const entered = { ...this.#of(question.id), skipped: false };
    if (valuesOf(entered, question).length === 0) {
      const words = wordsOf(this.kit);
      this.#complaint = question.options.length > 0 ? words.answerMissing : words.writtenMissing;
      this.kit.redraw();
      return;
    }
    this.#entered.set(question.id, entered);
    this.#onward();
  }

  #skip(): void {
    const { id } = this.#question;
    this.#entered.set(id, { ...this.#of(id), skipped: true });
    this.#onward();
  }

  #skipAll(): void {
    this.#send(() => ({ ...NOTHING_ENTERED, skipped: true }));
  }

  #onward(): void {
    if (this.#isLast) this.#send((id) => this.#of(id));
    else this.#go(this.#step + 1);
  }

  #go(step: number): void {
    this.#step = step;
    this.#complaint = '';
    this.#aim();
    this.kit.redraw();
  }

  /** What is chosen, else the first: that is where the arrow keys start. */
  #aim(): void {
    const { id, options } = this.#question;
    const { chosen } = this.#of(id);
    this.#focusOn = options.find((option) => chosen.includes(option)) ?? options[0] ?? '';
  }

  #send(entered: (id: string) => Entered): void {
    this.#complaint = '';
    this.#sent = true;
    // What is disabled loses the focus.
    const form = this.#focus?.closest('.questions');
    form?.querySelector<HTMLElement>('[type=submit]')?.focus({ preventScroll: true });
    const given = submission(this.#questions, entered);
    const request = addStructuredInput(this.threadId, this.item.id, given);
    this.kit.actions.reply(request, this.#keyOf(JSON.stringify(request)));
    this.kit.redraw();
  }

  /** What did not get through is sent again as the same request. */
  #keyOf(words: string): string {
    if (this.#key.words !== words) this.#key = { words, key: freshKey() };
    return this.#key.key;
  }

  get #focus(): Element | null {
    const root = this.kit.root();
    return root instanceof ShadowRoot ? root.activeElement : null;
  }

  /** The form goes when its answers are taken: the focus must not be lost with it. */
  #placed = (form?: Element): void => {
    if (form || !this.#focus?.closest('.questions')) return;
    queueMicrotask(() => this.kit.composer.focusGently());
  };
}
