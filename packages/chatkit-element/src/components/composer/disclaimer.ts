import { html, nothing } from 'lit';
import { type MarkdownContext, markdown } from '../../markdown/markdown';
import type { ChatView } from '../view';

/** What the page has to say about all answers. Part: disclaimer. */
export function disclaimer(view: ChatView) {
  const given = view.options.disclaimer;
  if (!given?.text) return nothing;
  return html`<div
    class=${given.highContrast ? 'disclaimer strong' : 'disclaimer'}
    part="disclaimer"
  >
    <div class="prose">${markdown(given.text, false, ofThePage(view.markdown))}</div>
  </div>`;
}

const contexts = new WeakMap<MarkdownContext, MarkdownContext>();

/** For words of the page's own, which may lead to its other pages. */
function ofThePage(context: MarkdownContext): MarkdownContext {
  const made = contexts.get(context) ?? { ...context, base: document.baseURI };
  contexts.set(context, made);
  return made;
}
