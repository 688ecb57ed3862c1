import { html, nothing, type TemplateResult } from 'lit';
import type { StructuredInputItem } from '../../protocol/items';
import { readQuestion } from '../../protocol/structured-input';
import { askedStyles } from './asked-styles';
import { type AskedKit, wordsOf } from './kit';
import { QuestionForm } from './question-form';

/** What the model is told when the user does not want to wait for a tool. */
const WITHOUT = { error: 'The user went on without a result.' };

/** What the assistant asks of the user and the page, and what it was given. */
export class Asked {
  readonly styles = askedStyles;
  readonly #forms = new Map<string, QuestionForm>();

  constructor(private readonly kit: AskedKit) {}

  /** The form in the composer's place; null while that is to stay. `idle`: no answer is being written. */
  form(threadId: string, item: StructuredInputItem, idle: boolean): TemplateResult | null {
    const form = this.#forms.get(item.id) ?? new QuestionForm(threadId, item, this.kit);
    if (!form.isShown(idle)) return null;
    this.#forms.set(item.id, form);
    return form.render();
  }

  /** The questions in their thread. Part: structured-input-answers. */
  summary({ inputs, status }: StructuredInputItem): TemplateResult {
    const words = wordsOf(this.kit);
    const pending = status === 'pending';
    return html`<article
      class=${pending ? 'asked pending' : 'asked'}
      part="structured-input-answers"
    >
      ${pending ? nothing : html`<span class="spoken">${words.youAnswered}</span>`}
      <dl>
        ${inputs.map(readQuestion).map(
          ({ question, answer = [] }) => html`<div>
            <dt>${question}</dt>
            ${
              answer.length > 0
                ? answer.map((value) => html`<dd>${value}</dd>`)
                : html`<dd class="none">${pending ? words.notAnswered : words.skipped}</dd>`
            }
          </div>`,
        )}
      </dl>
    </article>`;
  }

  /** The answer waits for a tool of this page that nobody runs any more. Part: waiting-call. */
  waitingCall(): TemplateResult {
    const words = wordsOf(this.kit);
    const { actions, options, icon } = this.kit;
    const button = (label: string, act: () => void) =>
      html`<button type="button" class="text-button" @click=${act}>${label}</button>`;
    return html`<div class="notice" data-level="info" part="waiting-call" role="status">
      ${icon('info')}
      <div class="notice-text">
        <p>${words.callWaits}</p>
        <p class="remedies">
          ${options.onClientTool ? button(words.runTool, () => actions.answerCall()) : nothing}
          ${button(words.skipTool, () => actions.answerCall(WITHOUT))}
        </p>
      </div>
    </div>`;
  }
}
