import { html, nothing, type TemplateResult } from 'lit';
import type { GeneratedImageItem } from '../protocol/items';
import { styles } from './answers/images-styles';
import type { AnswerKit } from './answers/kit';

/** Pictures the assistant made. Parts: generated-image, image-viewer. */
export class Images {
  readonly styles = styles;

  constructor(private readonly kit: AnswerKit) {}

  /**
   * The box is square from its first moment to its last, so that nothing under it moves; a picture of
   * another shape stands in it as a whole. `making`: a better one may follow.
   */
  image({ image, progress }: GeneratedImageItem, making: boolean): TemplateResult {
    const { strings } = this.kit;
    const src = image ? safeAddress(image.url) : null;
    if (!src) {
      return html`<figure class="generated" part="generated-image" data-state=${making ? 'making' : 'none'}>
        ${making ? this.#progress(progress) : html`<figcaption>${strings.imageMissing}</figcaption>`}
      </figure>`;
    }
    if (making) {
      return html`<figure class="generated" part="generated-image" data-state="making">
        <img src=${src} alt=${strings.imageUnderWay} /> ${this.#progress(progress)}
      </figure>`;
    }
    return html`<figure class="generated" part="generated-image" data-state="made">
      <button type="button" class="enlarge" aria-haspopup="dialog" aria-label=${strings.enlargeImage} @click=${enlarge}>
        <img src=${src} alt=${strings.generatedImage} />
      </button>
      <dialog class="viewer" part="image-viewer" aria-label=${strings.generatedImage} @click=${closeBeside}>
        <img src=${src} alt=${strings.generatedImage} />
        <div class="viewer-actions">
          <a class="icon-button" href=${src} download=${nameOf(src)} target="_blank" rel="noopener noreferrer" aria-label=${strings.downloadImage} title=${strings.downloadImage}
            >${this.kit.icon('download')}</a
          >
          <button type="button" class="icon-button" aria-label=${strings.close} title=${strings.close} @click=${close}>
            ${this.kit.icon('close')}
          </button>
        </div>
      </dialog>
      <div class="image-actions">
        <a class="icon-button" href=${src} download=${nameOf(src)} target="_blank" rel="noopener noreferrer" aria-label=${strings.downloadImage} title=${strings.downloadImage}
          >${this.kit.icon('download')}</a
        >
      </div>
    </figure>`;
  }

  #progress(progress: number | undefined) {
    const known = progress !== undefined && progress > 0;
    const percent = Math.round(Math.min(Math.max(progress ?? 0, 0), 1) * 100);
    return html`<figcaption>
      <span class="shimmer">${this.kit.strings.imageUnderWay}</span>
      <progress max="100" value=${known ? percent : nothing} aria-label=${this.kit.strings.imageUnderWay}></progress>
    </figcaption>`;
  }
}

/** A picture the server made may be anywhere it says; but it must be a picture. */
function safeAddress(address: string): string | null {
  if (/^data:image\/(?:png|jpeg|gif|webp|avif);/i.test(address)) return address;
  const url = URL.parse(address, location.href);
  return url && /^(?:https?|blob):$/.test(url.protocol) ? url.href : null;
}

function nameOf(src: string): string {
  const type = /^data:image\/(\w+)/i.exec(src)?.[1];
  return type ? `image.${type.replace('jpeg', 'jpg')}` : '';
}

function enlarge({ currentTarget }: Event): void {
  const figure = (currentTarget as HTMLElement).closest('figure');
  figure?.querySelector('dialog')?.showModal();
}

function close({ currentTarget }: Event): void {
  (currentTarget as HTMLElement).closest('dialog')?.close();
}

/** A click beside the picture closes, as everywhere. */
function closeBeside({ target, currentTarget }: Event): void {
  if (target === currentTarget) (currentTarget as HTMLDialogElement).close();
}
