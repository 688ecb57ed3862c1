import { html, type TemplateResult } from 'lit';
import { icon } from '../icons/icon';

interface CopyOptions {
  text: string;
  label: string;
  doneLabel: string;
  part?: string;
}

const SHOWN_FOR = 1600;

/** A button that puts `text` on the clipboard and says so for a moment. */
export function copyButton({ text, label, doneLabel, part }: CopyOptions): TemplateResult {
  const copy = async (event: Event) => {
    const button = event.currentTarget as HTMLButtonElement;
    if (!(await copyText(text))) return;
    button.dataset.done = '';
    button.setAttribute('aria-label', doneLabel);
    setTimeout(() => {
      delete button.dataset.done;
      button.setAttribute('aria-label', label);
    }, SHOWN_FOR);
  };
  return html`<button
    type="button"
    class="icon-button copy"
    part=${part ?? 'copy-button'}
    aria-label=${label}
    title=${label}
    @click=${copy}
  >
    ${icon('copy')}${icon('check')}
  </button>`;
}

/** False when the browser refuses, as it does on a page that is not secure. */
async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

function copyBySelection(text: string): boolean {
  const area = document.createElement('textarea');
  area.value = text;
  area.readOnly = true;
  area.style.position = 'fixed';
  area.style.opacity = '0';
  document.body.append(area);
  area.select();
  const done = document.execCommand('copy');
  area.remove();
  return done;
}
