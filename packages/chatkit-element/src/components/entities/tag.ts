import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../../icons/icon';

/** What stands in the chip of a mentioned entity. */
export function tagContent(tag: { text: string; icon?: string }): TemplateResult {
  return html`${tag.icon ? icon(tag.icon) : nothing}<span>${tag.text}</span>`;
}
