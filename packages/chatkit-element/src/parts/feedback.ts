import { html, nothing, type TemplateResult } from 'lit';
import type { FeedbackKind } from '../protocol/requests';
import { styles } from './answers/feedback-styles';
import type { AnswerKit } from './answers/kit';

/** What the user thinks of a turn, and how far the server knows. */
export interface Rating {
  kind: FeedbackKind | null;
  status: 'sending' | 'sent' | 'failed';
}

const KINDS = ['positive', 'negative'] as const;
const DRAWINGS = {
  positive:
    'M7 10.5v9.5H4.5v-9.5zM7 11l4-7.5a2 2 0 0 1 2 2V9h5a1.8 1.8 0 0 1 1.8 2.1l-1.2 7A2 2 0 0 1 16.6 20H7',
  negative:
    'M17 13.500v-9.500h2.500v9.500zM17 13l-4 7.500a2 2 0 0 1-2-2V15H6a1.800 1.800 0 0 1-1.800-2.100l1.200-7A2 2 0 0 1 7.400 4H17',
};

/**
 * Thumbs under a turn. A rating can be changed, not taken back: the protocol has no word for that.
 * Part: feedback-button.
 */
export class Feedback {
  readonly styles = styles;
  readonly #ratings = new Map<string, Rating>();

  constructor(private readonly kit: AnswerKit) {}

  /** Of the turn that begins with this item; the same object as long as nothing changes. */
  rating(firstItemId: string | undefined): Rating | undefined {
    return this.#ratings.get(firstItemId ?? '');
  }

  /** `itemIds`: everything the assistant put into the turn. */
  buttons(itemIds: string[]): TemplateResult {
    const rating = this.rating(itemIds[0]);
    const { strings } = this.kit;
    return html`${KINDS.map(
      (kind) => html`<button
        type="button"
        class="icon-button thumb"
        part="feedback-button"
        aria-label=${strings.feedback[kind]}
        title=${strings.feedback[kind]}
        aria-pressed=${rating?.kind === kind}
        aria-disabled=${rating?.status === 'sending'}
        @click=${() => this.#rate(itemIds, kind)}
      >
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d=${DRAWINGS[kind]}></path></svg>
      </button>`,
    )}
    <span class="feedback-failed" role="status">${rating?.status === 'failed' ? strings.feedbackFailed : nothing}</span>`;
  }

  async #rate(itemIds: string[], kind: FeedbackKind): Promise<void> {
    const [key = ''] = itemIds;
    const before = this.#ratings.get(key);
    if (before?.status === 'sending' || (before?.kind === kind && before.status === 'sent')) return;
    const set = (rating: Rating) => {
      this.#ratings.set(key, rating);
      this.kit.redraw();
    };
    set({ kind, status: 'sending' });
    try {
      await this.kit.rate(itemIds, kind);
      set({ kind, status: 'sent' });
    } catch {
      set({ kind: before?.kind ?? null, status: 'failed' });
    }
  }
}
