import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from '../../lazy/repeat';
import type { DraftAttachment } from '../../thread/draft-attachments';
import { iconOf, kindOf, sizeOf } from './file-kind';
import type { UploadWords } from './words';

export interface TrayActions {
  icon(name: string): TemplateResult;
  /** An address for the eye only; null when there is nothing to see. */
  previewOf(item: DraftAttachment): string | null;
  remove(item: DraftAttachment, event: UIEvent): void;
  retry(item: DraftAttachment): void;
}

/** The files of the next message, over its words. Parts: attachments, attachment. */
export function tray(
  items: readonly DraftAttachment[],
  words: UploadWords,
  actions: TrayActions,
): TemplateResult | typeof nothing {
  if (items.length === 0) return nothing;
  return html`<ul class="tray" part="attachments" aria-label=${words.upload.attached}>
    ${repeat(
      items,
      (item) => item.key,
      (item) => chip(item, words, actions),
    )}
  </ul>`;
}

function chip(item: DraftAttachment, words: UploadWords, actions: TrayActions): TemplateResult {
  const { upload } = words;
  const preview = actions.previewOf(item);
  const asCard = item.status === 'failed' || !preview;
  const remove = upload.remove(item.name);
  return html`<li
    class=${asCard ? 'attachment' : 'attachment image'}
    part="attachment"
    data-status=${item.status}
    title=${item.name}
  >
    ${preview ? html`<img src=${preview} alt=${item.name} />` : fileIcon(item, actions)}
    ${asCard ? description(item, words) : nothing}
    ${item.status === 'failed' ? retryButton(item, words, actions) : nothing}
    ${isUnderWay(item) ? progress(item, words) : nothing}
    <button
      type="button"
      class="attachment-remove"
      data-remove=${item.key}
      aria-label=${remove}
      title=${remove}
      @click=${(event: UIEvent) => actions.remove(item, event)}
    >
      ${actions.icon('close')}
    </button>
  </li>`;
}

function fileIcon({ type }: DraftAttachment, { icon }: TrayActions): TemplateResult {
  return html`<span class="attachment-icon">${icon(iconOf(type))}</span>`;
}

function description(item: DraftAttachment, words: UploadWords): TemplateResult {
  const { upload, locale } = words;
  const facts = [kindOf(item.name, item.type), item.file ? sizeOf(item.file.size, locale) : ''];
  const second =
    item.status === 'failed' ? failureWords(item, words) : facts.filter(Boolean).join(' · ');
  return html`<span class="attachment-words">
    <span class="attachment-name">${item.name}</span>
    <span class="attachment-facts">${isUnderWay(item) ? upload.uploading : second}</span>
  </span>`;
}

/** The server's own words, else ours. */
export function failureWords({ failure }: DraftAttachment, { upload }: UploadWords): string {
  if (failure?.message) return failure.message;
  return failure?.code === 'network' ? upload.unreachable : upload.failed;
}

function retryButton(item: DraftAttachment, { upload }: UploadWords, actions: TrayActions) {
  const label = upload.again(item.name);
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
function progress({ name, progress: share }: DraftAttachment, { upload }: UploadWords) {
  return html`<progress
    class="attachment-progress"
    max="1"
    value=${share ?? nothing}
    aria-label=${upload.progress(name)}
  ></progress>`;
}

function isUnderWay({ status }: DraftAttachment): boolean {
  return status === 'waiting' || status === 'uploading';
}
