import type { DraftAttachment } from '../../thread/draft-attachments';

/** Kinds every browser can draw. Of others there may be nothing to see. */
const DRAWN = /^image\/(?:png|jpe?g|gif|webp|avif|bmp)$/;

/** Addresses for pictures that are on this machine only. Each holds its file until it is released. */
export class Previews {
  readonly #urls = new Map<string, string>();

  of({ key, file, type, attachment }: DraftAttachment): string | null {
    if (!file) return attachment?.type === 'image' ? attachment.preview_url : null;
    if (!DRAWN.test(type)) return null;
    const known = this.#urls.get(key);
    if (known) return known;
    const url = URL.createObjectURL(file);
    this.#urls.set(key, url);
    return url;
  }

  release(items: readonly DraftAttachment[]): void {
    for (const { key } of items) {
      const url = this.#urls.get(key);
      if (url) URL.revokeObjectURL(url);
      this.#urls.delete(key);
    }
  }

  releaseAll(): void {
    for (const url of this.#urls.values()) URL.revokeObjectURL(url);
    this.#urls.clear();
  }
}
