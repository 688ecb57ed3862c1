import { html, nothing, type TemplateResult } from 'lit';
import { copyButton } from '../../markdown/copy-button';
import type { Feedback } from '../../parts/feedback';
import type { Entry } from '../../thread/state';
import { iconButton } from '../icon-button';
import type { ChatView } from '../view';
import { stamp } from './stamps';
import { textOf } from './turns';

interface Possible {
  canCopy: boolean;
  canRetry: boolean;
  feedback: Feedback | null;
}

/** What can be done with what the assistant said in a turn. Parts: item-actions, retry-button. */
export function turnActions(
  said: Entry[],
  view: ChatView,
  { canCopy, canRetry, feedback }: Possible,
): TemplateResult | typeof nothing {
  const { strings, actions } = view;
  const last = said.at(-1);
  if (!last) return nothing;
  const text = canCopy ? textOf(said) : '';
  return html`<div class="item-actions" part="item-actions">
    ${text ? copyButton({ text, label: strings.copy, doneLabel: strings.copied }) : nothing}
    ${feedback?.buttons(said.map(({ item }) => item.id)) ?? nothing}
    ${
      canRetry
        ? iconButton({
            icon: 'reload',
            label: strings.retry,
            part: 'retry-button',
            onClick: () => actions.regenerate(last.key),
          })
        : nothing
    }
    ${stamp(last.item, view)}
  </div>`;
}
