import type { AttachmentReference } from '../../protocol/attachments';
import type { DeskHost } from './attachment-desk';
import type { SentActions } from './sent';
import { showPictures } from './viewer';
import type { UploadWords } from './words';

/**
 * The pictures of sent messages. Their addresses may be good for a while only: when one is not, the
 * thread is read again, which brings new ones; once for each picture, for it may be gone.
 */
export class SentPictures implements SentActions {
  readonly #lost = new Map<string, string>();

  /** Another number: what was drawn of sent messages is not up to date. */
  version = 0;

  constructor(
    private readonly host: DeskHost,
    private readonly words: () => UploadWords,
  ) {}

  get icon() {
    return this.host.icon;
  }

  isLost(attachment: AttachmentReference): boolean {
    return attachment.type === 'image' && this.#lost.get(attachment.id) === attachment.preview_url;
  }

  lost(attachment: AttachmentReference): void {
    if (attachment.type !== 'image') return;
    const first = !this.#lost.has(attachment.id);
    this.#lost.set(attachment.id, attachment.preview_url);
    this.version += 1;
    this.host.changed();
    if (first) this.host.refresh();
  }

  found({ id }: AttachmentReference): void {
    this.#lost.delete(id);
  }

  show(pictures: readonly AttachmentReference[], at: number, { target }: Event): void {
    const chat = target instanceof Element && target.closest('.chat');
    if (!chat) return;
    const { upload, dismiss } = this.words();
    const shown = pictures.flatMap((one) =>
      one.type === 'image' ? [{ name: one.name, url: one.preview_url }] : [],
    );
    const words = {
      label: upload.attached,
      close: dismiss,
      previous: upload.previous,
      next: upload.next,
      of: upload.of,
    };
    showPictures(chat, shown, at, words, this.icon);
  }
}
