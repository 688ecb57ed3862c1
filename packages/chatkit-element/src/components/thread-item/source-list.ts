import { html, nothing, type TemplateResult } from 'lit';
import { safeHref } from '../../markdown/links';
import type { Source } from '../../protocol/items';
import type { ChatView } from '../view';

/** Where an answer comes from, folded under it. Part: sources. */
export function sourceList(
  sources: Source[],
  { strings }: ChatView,
): TemplateResult | typeof nothing {
  const distinct = [...new Map(sources.map((source) => [sourceKey(source), source])).values()];
  if (distinct.length === 0) return nothing;
  return html`<details class="sources" part="sources">
    <summary>${strings.sources(distinct.length)}</summary>
    <ol>
      ${distinct.map((source) => html`<li>${sourceName(source)}</li>`)}
    </ol>
  </details>`;
}

function sourceKey({ type, title, url }: Source): string {
  return url ?? `${type}:${title}`;
}

function sourceName({ title, url }: Source): TemplateResult | string {
  const href = url ? safeHref(url) : null;
  if (!href) return title;
  return html`<a href=${href} target="_blank" rel="noopener noreferrer">${title}</a>`;
}
