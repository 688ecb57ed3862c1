import { html, nothing, type TemplateResult } from 'lit';
import { shortDate } from '../../locales/dates';
import type { Source } from '../../protocol/sources';
import { readTimestamp } from '../../protocol/timestamps';
import type { AnswerKit } from './kit';

/** Where a source's name leads: out of the chat, into the page, or nowhere. */
export function sourceName(source: Source, kit: AnswerKit): TemplateResult {
  const href = source.url ? kit.href(source.url) : null;
  if (href) {
    return html`<a class="source-name" href=${href} target="_blank" rel="noopener noreferrer"><bdi>${source.title}</bdi></a>`;
  }
  const open = clickOf(source, kit);
  if (!open) return html`<span class="source-name"><bdi>${source.title}</bdi></span>`;
  return html`<button type="button" class="source-name" @click=${open}><bdi>${source.title}</bdi></button>`;
}

/** Hands a file, or an entity that may be clicked, to the page; null when the page takes none. */
export function clickOf(source: Source, kit: AnswerKit): (() => void) | null {
  if (source.type === 'url' || !kit.options.entities?.onClick) return null;
  if (source.type === 'entity' && !source.interactive) return null;
  return () => kit.options.entities?.onClick?.(toEntity(source));
}

type Entity = Parameters<NonNullable<NonNullable<AnswerKit['options']['entities']>['onClick']>>[0];

/** A source as the page knows it: what it was given with, and for a file its name. */
export function toEntity({ type, title, id, filename = '', icon, group, data }: Source): Entity {
  const file = { type: 'file', filename };
  return {
    title,
    id: id ?? filename,
    interactive: true,
    data: (type === 'file' ? { ...file, ...data } : data) as Record<string, string>,
    ...(icon && { icon }),
    ...(group && { group }),
  };
}

export function sourceIcon({ type, icon }: Source, kit: AnswerKit): TemplateResult {
  if (icon) return kit.icon(icon);
  return kit.icon(type === 'url' ? 'globe' : 'document');
}

/** What more is known of a source: its place, its maker, its day. */
export function sourceFacts(
  source: Source,
  { locale }: AnswerKit,
): TemplateResult | typeof nothing {
  const { filename, title, label, attribution, timestamp } = source;
  const day = timestamp ? readTimestamp(timestamp) : null;
  const facts = [
    hostOf(source),
    filename === title ? undefined : filename,
    label,
    attribution,
    day ? shortDate(day, locale) : timestamp,
  ].filter(Boolean);
  return facts.length > 0
    ? html`<span class="source-facts">${facts.map((fact, index) => html`${index > 0 ? ' · ' : ''}<bdi>${fact}</bdi>`)}</span>`
    : nothing;
}

export function hostOf({ url }: Source): string | undefined {
  return /^https?:\/\/(?:www\.)?([^/?#:]+)/i.exec(url ?? '')?.[1];
}
