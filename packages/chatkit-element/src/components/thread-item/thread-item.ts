import { html, nothing, type TemplateResult } from 'lit';
import { markdown } from '../../markdown/markdown';
import type { AssistantMessage, UserMessage } from '../../protocol/items';
import type { Entry } from '../../thread/state';
import { stamp } from '../message-list/stamps';
import type { ChatView } from '../view';
import { assistantProse, widgetFallback } from './widget-fallback';

/** One item of a thread. Parts: user-message, user-bubble, assistant-message. */
export function threadItem(entry: Entry, view: ChatView): TemplateResult | typeof nothing {
  const { item } = entry;
  const { steps, images } = view.answers;
  const growing = entry.status === 'streaming';
  switch (item.type) {
    case 'user_message':
      return userMessage(item, entry.status === 'unsent', view);
    case 'assistant_message':
      return assistantMessage(item, entry, view);
    case 'workflow':
      return steps()?.workflow(item, growing) ?? waiting(item.workflow.summary?.title, view);
    case 'task':
      return steps()?.task(item, growing) ?? waiting(item.task.title, view);
    case 'generated_image':
      return images()?.image(item, growing) ?? html`<div class="generated"></div>`;
    case 'structured_input':
      return view.answers.asked()?.summary(item) ?? nothing;
    case 'widget':
      return widgetFallback(item, growing, view);
    case 'other':
      return item.text ? assistantProse(item.text, growing, view) : nothing;
    case 'client_tool_call':
    case 'end_of_turn':
      return nothing;
  }
}

/** A line in the place of steps whose drawing is not here yet. */
function waiting(title: string | undefined, { strings }: ChatView) {
  return html`<p class="progress" part="progress">${title || strings.thinking}</p>`;
}

function userMessage(item: UserMessage, unsent: boolean, view: ChatView) {
  const { strings, headingLevel } = view;
  return html`<article class="user" part="user-message">
    <h3 class="spoken" aria-level=${headingLevel + 1}>${strings.youSaid}</h3>
    ${item.quoted_text ? quote(item.quoted_text, view) : nothing}
    ${view.attachments.sent(item.attachments)}
    <div class="said">
      ${item.content.length > 0 ? bubble(item, view) : nothing} ${unsent ? nothing : stamp(item, view)}
    </div>
    ${unsent ? html`<p class="unsent">${strings.notSent}</p>` : nothing}
  </article>`;
}

/** White space is kept as it was, so the templates add none. */
function quote(words: string, { strings }: ChatView) {
  return html`<blockquote class="quoted" part="quoted"><span class="spoken">${strings.replyingTo}</span>${words}</blockquote>`;
}

function bubble(item: UserMessage, { entities }: ChatView) {
  const words = item.content.map((part) =>
    part.type === 'input_tag' ? entities.mention(part) : part.text,
  );
  return html`<div class="bubble" part="user-bubble">${words}</div>`;
}

function assistantMessage({ id, content }: AssistantMessage, { status }: Entry, view: ChatView) {
  const unfinished = status === 'streaming' || status === 'cut';
  const hasSources = content.some(({ annotations }) => annotations.length > 0);
  const cited = hasSources ? view.answers.sources()?.cited(id, content) : null;
  return html`<article class="assistant" part="assistant-message">
    <h3 class="spoken" aria-level=${view.headingLevel + 1}>${view.strings.assistantSaid}</h3>
    ${content.map(({ text }, index) => {
      const growing = unfinished && index === content.length - 1;
      return html`<div class="prose">
        ${markdown(text, growing, view.markdown, cited?.marks[index])}
      </div>`;
    })}
    ${cited?.list ?? nothing}
  </article>`;
}
