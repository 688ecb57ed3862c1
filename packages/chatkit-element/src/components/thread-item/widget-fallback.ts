import { html, type TemplateResult } from 'lit';
import { icon } from '../../icons/icon';
import { markdown } from '../../markdown/markdown';
import type { WidgetItem } from '../../protocol/items';
import { type WidgetWords, widgetWords } from '../../protocol/widget-words';
import type { ChatView } from '../view';

/** What a widget says, where it cannot be drawn. Part: widget. */
export function widgetFallback(
  { widget, copy_text: copyText }: WidgetItem,
  growing: boolean,
  view: ChatView,
): TemplateResult {
  const words = widgetWords(widget);
  if (words.length === 0)
    return assistantProse(copyText || view.strings.widgetWithoutWords, growing, view);
  return html`<article class="assistant widget" part="widget">
    <h3 class="spoken" aria-level=${view.headingLevel + 1}>${view.strings.assistantSaid}</h3>
    ${words.map((piece) => line(piece, growing, view))}
  </article>`;
}

/** Only what is marked as markdown is read as such. */
function line({ kind, text }: WidgetWords, growing: boolean, view: ChatView): TemplateResult {
  switch (kind) {
    case 'title':
      return html`<p><strong>${text}</strong></p>`;
    case 'markdown':
      return html`<div class="prose">${markdown(text, growing, view.markdown)}</div>`;
    case 'image':
      return html`<p class="muted">${text}</p>`;
    case 'action':
      return html`<p class="muted">${icon('chevron-right')} ${text}</p>`;
    default:
      return html`<p>${text}</p>`;
  }
}

/** Words of the assistant that come from no message of its own. */
export function assistantProse(text: string, growing: boolean, view: ChatView): TemplateResult {
  return html`<article class="assistant" part="assistant-message">
    <h3 class="spoken" aria-level=${view.headingLevel + 1}>${view.strings.assistantSaid}</h3>
    <div class="prose">${markdown(text, growing, view.markdown)}</div>
  </article>`;
}
