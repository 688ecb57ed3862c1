import { html, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import { icon } from '../icons/icon';

interface IconButtonOptions {
  icon: string;
  label: string;
  part?: string;
  onClick(event: Event): void;
}

export function iconButton(options: IconButtonOptions): TemplateResult {
  return html`<button
    type="button"
    class="icon-button"
    part=${ifDefined(options.part)}
    aria-label=${options.label}
    title=${options.label}
    @click=${options.onClick}
  >
    ${icon(options.icon)}
  </button>`;
}
