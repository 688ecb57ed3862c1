import { html, nothing, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import type { Token, Tokens } from 'marked';
import { decodeEntities } from './entities';
import { growingText } from './growing-text';
import { type Deeplink, type ImageDomains, readDeeplink, safeHref, safeImage } from './links';
import { picture } from './picture';

/** What text needs of the place it is shown in. */
export interface MarkdownContext {
  /** See `safeImage`. */
  allowedImageHosts: ImageDomains;
  /** What relative addresses are relative to; without it they are followed nowhere. */
  base?: string;
  /** Of the headings in it; 4 when it does not say. */
  headingLevel?: number;
  onDeeplink(link: Deeplink): void;
  labels: { copyCode: string; copied: string; table: string };
}

/** Where a token stands. */
export interface Place {
  context: MarkdownContext;
  /** The text grew, or grows, before the reader's eyes: what is selected in it stays selected. */
  grown: boolean;
  /** More words may follow in this very block. */
  open: boolean;
}

type Rendered = unknown;

export function renderInline(tokens: Token[] | undefined, place: Place): Rendered[] {
  return (tokens ?? []).map((token) => renderToken(token, place));
}

function renderToken(token: Token, place: Place): Rendered {
  switch (token.type) {
    case 'text':
      return token.tokens
        ? renderInline(token.tokens, place)
        : plain(decodeEntities(token.text), place);
    case 'escape':
      return token.text;
    case 'strong':
      return html`<strong>${renderInline(token.tokens, place)}</strong>`;
    case 'em':
      return html`<em>${renderInline(token.tokens, place)}</em>`;
    case 'del':
      return html`<del>${renderInline(token.tokens, place)}</del>`;
    case 'codespan':
      return html`<code>${plain(token.text, place)}</code>`;
    case 'br':
      return html`<br />`;
    case 'html':
      return /^<br\s*\/?>$/i.test(token.raw.trim()) ? html`<br />` : token.raw;
    case 'link':
      return renderLink(token as Tokens.Link, place);
    case 'image':
      return renderImage(token as Tokens.Image, place);
    case 'formula':
      return guard([token.raw], token.draw);
    case 'checkbox':
      return nothing;
    case 'mark':
      return drawMark(token);
    default:
      return token.raw;
  }
}

/** What was put between the words: see `Marks`. */
export function drawMark(token: Token): Rendered {
  return (token as unknown as { draw(): Rendered }).draw();
}

function plain(text: string, { grown }: Place): unknown {
  return grown ? growingText(text) : text;
}

function renderLink(token: Tokens.Link, place: Place): Rendered {
  const words = renderInline(token.tokens, place);
  const address = token.autolink ? token.href : decodeEntities(token.href);
  const deeplink = readDeeplink(address);
  if (deeplink) {
    return html`<button type="button" class="deeplink" @click=${() => place.context.onDeeplink(deeplink)}
      >${words}</button
    >`;
  }
  const href = safeHref(address, place.context.base);
  return href ? outwardLink(href, words) : words;
}

function renderImage(token: Tokens.Image, { context }: Place): Rendered {
  const address = decodeEntities(token.href);
  const href = safeHref(address);
  const words = decodeEntities(token.text) || address;
  const instead = href ? outwardLink(href, words) : words;
  const src = safeImage(address, context.allowedImageHosts);
  return src ? picture(src, decodeEntities(token.text), instead) : instead;
}

function outwardLink(href: string, words: Rendered): TemplateResult {
  return html`<a href=${href} target="_blank" rel="noopener noreferrer">${words}</a>`;
}
