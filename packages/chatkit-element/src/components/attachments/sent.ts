import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from '../../lazy/repeat';
import type { AttachmentReference } from '../../protocol/attachments';
import { iconOf, kindOf } from './file-kind';
import type { UploadWords } from './words';

export interface SentActions {
  icon(name: string): TemplateResult;
  /** The picture cannot be loaded: its address may be too old. */
  lost(attachment: AttachmentReference): void;
  found(attachment: AttachmentReference): void;
  isLost(attachment: AttachmentReference): boolean;
  show(pictures: readonly AttachmentReference[], at: number, event: Event): void;
}

/** The files of a message that was sent. Parts: sent-attachments, sent-image, sent-file. */
export function sentAttachments(
  attachments: readonly AttachmentReference[],
  words: UploadWords,
  actions: SentActions,
): TemplateResult | typeof nothing {
  if (attachments.length === 0) return nothing;
  const seen = (one: AttachmentReference) => one.type === 'image' && !actions.isLost(one);
  const pictures = attachments.filter(seen);
  const files = attachments.filter((one) => !seen(one));
  const many = pictures.length > 1 ? 'sent several' : 'sent';
  return html`<ul class=${many} part="sent-attachments" aria-label=${words.upload.attached}>
    ${repeat(
      [...pictures, ...files],
      ({ id }) => id,
      (attachment) => {
        const at = pictures.indexOf(attachment);
        return html`<li class=${at < 0 ? 'as-file' : nothing}>
          ${at < 0 ? file(attachment, actions) : picture(attachment, pictures, at, words, actions)}
        </li>`;
      },
    )}
  </ul>`;
}

function picture(
  attachment: AttachmentReference,
  pictures: readonly AttachmentReference[],
  at: number,
  { upload }: UploadWords,
  actions: SentActions,
) {
  const url = attachment.type === 'image' ? attachment.preview_url : '';
  const label = upload.enlarge(attachment.name);
  return html`<button
    type="button"
    class="sent-image"
    part="sent-image"
    aria-label=${label}
    title=${attachment.name}
    @click=${(event: Event) => actions.show(pictures, at, event)}
  >
    <img
      src=${url}
      alt=""
      decoding="async"
      @error=${() => actions.lost(attachment)}
      @load=${() => actions.found(attachment)}
    />
  </button>`;
}

function file({ name, mime_type: type }: AttachmentReference, { icon }: SentActions) {
  const kind = kindOf(name, type);
  return html`<span class="attachment sent-file" part="sent-file" title=${name}>
    <span class="attachment-icon">${icon(iconOf(type))}</span>
    <span class="attachment-words">
      <span class="attachment-name">${name}</span>
      ${kind ? html`<span class="attachment-facts">${kind}</span>` : nothing}
    </span>
  </span>`;
}
