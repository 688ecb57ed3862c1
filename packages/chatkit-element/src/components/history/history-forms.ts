import { html, type TemplateResult } from 'lit';
import type { Strings } from '../../locales/locales';

interface Renaming {
  title: string;
  strings: Strings;
  save(title: string): void;
  leave(): void;
}

/** In place of the row: its new name. */
export function renameForm({ title, strings, save, leave }: Renaming): TemplateResult {
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    save(String(new FormData(event.target as HTMLFormElement).get('title') ?? ''));
  };
  return html`<form class="renaming" @submit=${submit} @keydown=${onEscape(leave)}>
    <input
      name="title"
      class="focus-first"
      maxlength="200"
      autocomplete="off"
      dir="auto"
      aria-label=${strings.renameLabel}
      .value=${title}
    />
    <div class="remedies">
      <button type="submit" class="text-button primary">${strings.save}</button>
      <button type="button" class="text-button" @click=${leave}>${strings.cancel}</button>
    </div>
  </form>`;
}

interface Removal {
  title: string;
  strings: Strings;
  remove(): void;
  leave(): void;
}

/** In place of the row, while nothing else of the list can be reached: shall it really go? */
export function confirmation({ title, strings, remove, leave }: Removal): TemplateResult {
  return html`<div
    class="confirming"
    role="alertdialog"
    aria-labelledby="history-confirm"
    @keydown=${onEscape(leave)}
  >
    <p id="history-confirm">${strings.confirmRemove(title)}</p>
    <div class="remedies">
      <button type="button" class="text-button danger" @click=${remove}>${strings.removeNow}</button>
      <button type="button" class="text-button focus-first" @click=${leave}>
        ${strings.cancel}
      </button>
    </div>
  </div>`;
}

/** Escape leaves the row first; the next one closes the panel. */
function onEscape(leave: () => void) {
  return (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    leave();
  };
}
