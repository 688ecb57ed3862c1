import { html, nothing, type TemplateResult } from 'lit';
import { copyButton } from '../../markdown/copy-button';
import { markdown } from '../../markdown/markdown';
import type { AssistantMessage, UserMessage } from '../../protocol/items';
import { type Entry, messageText } from '../../thread/state';
import { tagContent } from '../entities/tag';
import { iconButton } from '../icon-button';
import type { ChatView } from '../view';
import { sourceList } from './source-list';
import { taskLine, workflow } from './workflow';

interface ItemContext {
  view: ChatView;
  /** The last answer of its turn carries the buttons. */
  withActions: boolean;
  canRetry: boolean;
}

/** One item of a thread. Parts: user-message, user-bubble, assistant-message, item-actions. */
export function threadItem(entry: Entry, context: ItemContext): TemplateResult | typeof nothing {
  const { item } = entry;
  const { view } = context;
  const growing = entry.status === 'streaming';
  switch (item.type) {
    case 'user_message':
      return userMessage(item, entry.status === 'unsent', view);
    case 'assistant_message':
      return assistantMessage(item, entry, context);
    case 'workflow':
      return workflow(item.workflow, growing, view);
    case 'task':
      return taskLine(item.task, view);
    case 'other':
      return item.text
        ? html`<article class="assistant" part="assistant-message">
            <div class="prose">${markdown(item.text, growing, view.markdown)}</div>
          </article>`
        : nothing;
    case 'client_tool_call':
      return nothing;
  }
}

function userMessage(item: UserMessage, unsent: boolean, { strings, headingLevel }: ChatView) {
  return html`<article class="user" part="user-message">
    <h3 class="spoken" aria-level=${headingLevel + 1}>${strings.youSaid}</h3>
    ${item.quoted_text ? html`<blockquote class="quoted">${item.quoted_text}</blockquote>` : nothing}
    ${item.attachments.map((attachment) => html`<p class="attached">${attachment.name}</p>`)}
    ${item.content.length > 0 ? bubble(item) : nothing}
    ${unsent ? html`<p class="unsent">${strings.notSent}</p>` : nothing}
  </article>`;
}

/** White space is kept as typed, so the template adds none. */
function bubble(item: UserMessage) {
  const words = item.content.map((part) =>
    part.type === 'input_tag'
      ? html`<span class="tag" part="tag">${tagContent(part)}</span>`
      : part.text,
  );
  return html`<div class="bubble" part="user-bubble">${words}</div>`;
}

function assistantMessage(
  item: AssistantMessage,
  entry: Entry,
  { view, withActions, canRetry }: ItemContext,
) {
  const { strings, headingLevel } = view;
  const growing = entry.status === 'streaming';
  const unfinished = growing || entry.status === 'cut';
  const sources = item.content.flatMap((part) => part.annotations.map(({ source }) => source));
  return html`<article class="assistant" part="assistant-message">
    <h3 class="spoken" aria-level=${headingLevel + 1}>${strings.assistantSaid}</h3>
    ${item.content.map(
      (part, index) =>
        html`<div class="prose">
          ${markdown(part.text, unfinished && index === item.content.length - 1, view.markdown)}
        </div>`,
    )}
    ${sourceList(sources, view)} ${withActions && !growing ? itemActions(entry, view, canRetry) : nothing}
  </article>`;
}

function itemActions(entry: Entry, { strings, actions, options }: ChatView, canRetry: boolean) {
  const text = messageText(entry.item);
  if (!text) return nothing;
  return html`<div class="item-actions" part="item-actions">
    ${
      options.threadItemActions?.copy === false
        ? nothing
        : copyButton({ text, label: strings.copy, doneLabel: strings.copied })
    }
    ${
      canRetry
        ? iconButton({
            icon: 'reload',
            label: strings.retry,
            part: 'retry-button',
            onClick: () => actions.regenerate(entry.key),
          })
        : nothing
    }
  </div>`;
}
