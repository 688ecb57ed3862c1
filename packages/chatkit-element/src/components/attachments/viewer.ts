import { html, nothing, render, type TemplateResult } from 'lit';

export interface Picture {
  name: string;
  url: string;
}

export interface ViewerWords {
  label: string;
  close: string;
  previous: string;
  next: string;
  of(position: number, count: number): string;
}

type Icon = (name: string) => TemplateResult;

/**
 * Shows pictures as large as the window lets it, over everything. The browser keeps the focus inside
 * and gives it back. Parts: image-viewer.
 */
export function showPictures(
  chat: Element,
  pictures: readonly Picture[],
  first: number,
  words: ViewerWords,
  icon: Icon,
): void {
  const dialog = document.createElement('dialog');
  dialog.className = 'pictures';
  dialog.part.add('image-viewer');
  dialog.ariaLabel = words.label;
  let at = first;
  const go = (step: number) => {
    at = (at + step + pictures.length) % pictures.length;
    draw();
  };
  const draw = () => {
    const picture = pictures[at];
    if (picture) render(content(picture, at, pictures.length, { words, icon, go, dialog }), dialog);
  };
  dialog.addEventListener('close', () => dialog.remove());
  dialog.addEventListener('click', ({ target }) => {
    if (target instanceof Element && !target.closest('button, img')) dialog.close();
  });
  dialog.addEventListener('keydown', (event) => {
    const forward = getComputedStyle(dialog).direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
    if (!['ArrowLeft', 'ArrowRight'].includes(event.key) || pictures.length < 2) return;
    event.preventDefault();
    go(event.key === forward ? 1 : -1);
  });
  draw();
  chat.append(dialog);
  dialog.showModal();
}

interface Around {
  words: ViewerWords;
  icon: Icon;
  go(step: number): void;
  dialog: HTMLDialogElement;
}

function content({ name, url }: Picture, at: number, count: number, around: Around) {
  const { words, icon, go, dialog } = around;
  const button = (label: string, drawing: string, className: string, run: () => void) =>
    html`<button
      type="button"
      class=${`pictures-button ${className}`}
      aria-label=${label}
      title=${label}
      @click=${run}
    >
      ${icon(drawing)}
    </button>`;
  const several = count > 1;
  return html`<figure class="pictures-figure">
      <img src=${url} alt=${name} />
      <figcaption aria-live="polite">
        <span>${name}</span>${several ? html`<span>${words.of(at + 1, count)}</span>` : nothing}
      </figcaption>
    </figure>
    ${several ? button(words.previous, 'chevron-left', 'previous', () => go(-1)) : nothing}
    ${several ? button(words.next, 'chevron-right', 'next', () => go(1)) : nothing}
    ${button(words.close, 'close', 'close', () => dialog.close())}`;
}
