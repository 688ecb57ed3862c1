import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { DraftAttachment } from '../../thread/draft-attachments';
import type { ChatView } from '../view';
import { iconOf, kindOf, sizeOf } from './file-kind';

export interface TrayActions {
  icon(name: string): TemplateResult;
  /** An address for the eye only; null when there is nothing to see. */
  previewOf(item: DraftAttachment): string | null;
  remove(item: DraftAttachment): void;
  retry(item: DraftAttachment): void;
}

/** The files of the next message, over its words. Parts: attachments, attachment. */
export function tray(
  items: readonly DraftAttachment[],
  view: ChatView,
  actions: TrayActions,
): TemplateResult | typeof nothing {
  if (items.length === 0) return nothing;
  return html`<ul class="tray" part="attachments" aria-label=${view.strings.upload.attached}>
    ${repeat(
      items,
      (item) => item.key,
      (item) => chip(item, view, actions),
    )}
  </ul>`;
}

function chip(item: DraftAttachment, view: ChatView, actions: TrayActions): TemplateResult {
  const { strings } = view;
  const preview = actions.previewOf(item);
  const words = item.status === 'failed' || !preview;
  const remove = strings.upload.remove(item.name);
  return html`<li
    class=${preview && !words ? 'attachment image' : 'attachment'}
    part="attachment"
    data-status=${item.status}
    title=${item.name}
  >
    ${preview ? html`<img src=${preview} alt=${item.name} />` : fileIcon(item, actions)}
    ${words ? description(item, view) : nothing}
    ${item.status === 'failed' ? retryButton(item, view, actions) : nothing}
    ${isUnderWay(item) ? progress(item, view) : nothing}
    <button
      type="button"
      class="attachment-remove"
      data-remove=${item.key}
      aria-label=${remove}
      title=${remove}
      @click=${() => actions.remove(item)}
    >
      ${actions.icon('close')}
    </button>
  </li>`;
}

function fileIcon({ type }: DraftAttachment, { icon }: TrayActions): TemplateResult {
  return html`<span class="attachment-icon">${icon(iconOf(type))}</span>`;
}

function description(item: DraftAttachment, view: ChatView): TemplateResult {
  const { strings, locale } = view;
  const facts = [kindOf(item.name, item.type), item.file ? sizeOf(item.file.size, locale) : ''];
  const second =
    item.status === 'failed' ? failureWords(item, view) : facts.filter(Boolean).join(' · ');
  return html`<span class="attachment-words">
    <span class="attachment-name">${item.name}</span>
    <span class="attachment-facts">${isUnderWay(item) ? strings.upload.uploading : second}</span>
  </span>`;
}

/** The server's own words, else ours. */
export function failureWords({ failure }: DraftAttachment, { strings }: Pick<ChatView, 'strings'>) {
  if (failure?.message) return failure.message;
  return failure?.code === 'network' ? strings.upload.unreachable : strings.upload.failed;
}

function retryButton(item: DraftAttachment, { strings }: ChatView, actions: TrayActions) {
  const label = strings.upload.again(item.name);
  return html`<button
    type="button"
    class="icon-button attachment-retry"
    aria-label=${label}
    title=${label}
    @click=${() => actions.retry(item)}
  >
    ${actions.icon('reload')}
  </button>`;
}

/** The width is set as a property: a style in the markup would be refused by the page's policy. */
function progress({ name, progress: share }: DraftAttachment, { strings }: ChatView) {
  return html`<progress
    class="attachment-progress"
    max="1"
    value=${share ?? nothing}
    aria-label=${strings.upload.progress(name)}
  ></progress>`;
}

function isUnderWay({ status }: DraftAttachment): boolean {
  return status === 'waiting' || status === 'uploading';
}
