import { html, nothing, type TemplateResult } from 'lit';
import type { Token, Tokens } from 'marked';
import { decodeEntities } from './entities';
import { type Deeplink, readDeeplink, safeHref, safeImage } from './links';

/** What text needs of the place it is shown in. */
export interface MarkdownContext {
  allowedImageHosts: readonly string[];
  /** Of the headings in it; 4 when it does not say. */
  headingLevel?: number;
  onDeeplink(link: Deeplink): void;
  labels: { copyCode: string; copied: string; table: string };
}

type Rendered = TemplateResult | string | typeof nothing | Rendered[];

export function renderInline(tokens: Token[] | undefined, context: MarkdownContext): Rendered {
  return (tokens ?? []).map((token) => renderToken(token, context));
}

function renderToken(token: Token, context: MarkdownContext): Rendered {
  switch (token.type) {
    case 'text':
      return token.tokens ? renderInline(token.tokens, context) : decodeEntities(token.text);
    case 'escape':
      return token.text;
    case 'strong':
      return html`<strong>${renderInline(token.tokens, context)}</strong>`;
    case 'em':
      return html`<em>${renderInline(token.tokens, context)}</em>`;
    case 'del':
      return html`<del>${renderInline(token.tokens, context)}</del>`;
    case 'codespan':
      return html`<code>${token.text}</code>`;
    case 'br':
      return html`<br />`;
    case 'html':
      return /^<br\s*\/?>$/i.test(token.raw.trim()) ? html`<br />` : token.raw;
    case 'link':
      return renderLink(token as Tokens.Link, context);
    case 'image':
      return renderImage(token as Tokens.Image, context);
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

function renderLink(token: Tokens.Link, context: MarkdownContext): Rendered {
  const words = renderInline(token.tokens, context);
  const address = token.autolink ? token.href : decodeEntities(token.href);
  const deeplink = readDeeplink(address);
  if (deeplink) {
    return html`<button type="button" class="deeplink" @click=${() => context.onDeeplink(deeplink)}
      >${words}</button
    >`;
  }
  const href = safeHref(address);
  return href ? outwardLink(href, words) : words;
}

function renderImage(token: Tokens.Image, context: MarkdownContext): Rendered {
  const src = safeImage(token.href, context.allowedImageHosts);
  if (src) return html`<img src=${src} alt=${token.text} loading="lazy" />`;
  const href = safeHref(token.href);
  const words = token.text || token.href;
  return href ? outwardLink(href, words) : words;
}

function outwardLink(href: string, words: Rendered): TemplateResult {
  return html`<a href=${href} target="_blank" rel="noopener noreferrer">${words}</a>`;
}
