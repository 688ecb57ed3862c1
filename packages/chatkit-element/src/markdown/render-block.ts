import { html, nothing, type TemplateResult } from 'lit';
import type { Token, Tokens } from 'marked';
import { copyButton } from './copy-button';
import { drawMark, type MarkdownContext, renderInline } from './render-inline';

type Block = TemplateResult | typeof nothing | Block[];

/** Deeper nesting is shown as written: nobody reads it, and it would exhaust the stack. */
const DEEPEST = 12;

export function renderBlock(token: Token, context: MarkdownContext, depth = 0): Block {
  if (depth > DEEPEST) return html`<p class="raw">${token.raw}</p>`;
  switch (token.type) {
    case 'space':
    case 'def':
      return nothing;
    case 'paragraph':
      return renderParagraph(token as Tokens.Paragraph, context);
    case 'text':
      return token.tokens
        ? html`${renderInline(token.tokens, context)}`
        : html`<p class="raw">${token.text}</p>`;
    case 'heading':
      return renderHeading(token as Tokens.Heading, context);
    case 'list':
      return renderList(token as Tokens.List, context, depth);
    case 'blockquote':
      return html`<blockquote>${renderBlocks(token.tokens, context, depth)}</blockquote>`;
    case 'code':
      return renderCode(token as Tokens.Code, context);
    case 'table':
      return renderTable(token as Tokens.Table, context);
    case 'hr':
      return html`<hr />`;
    case 'mark':
      return html`<p>${drawMark(token)}</p>`;
    default:
      return html`<p class="raw">${token.raw.trim()}</p>`;
  }
}

function renderBlocks(tokens: Token[] | undefined, context: MarkdownContext, depth: number) {
  return (tokens ?? []).map((token) => renderBlock(token, context, depth + 1));
}

/** A paragraph that is in italics as a whole is an aside: a source, a remark, a footnote. */
function renderParagraph({ tokens }: Tokens.Paragraph, context: MarkdownContext): Block {
  const [only, ...others] = tokens;
  if (only?.type === 'em' && others.length === 0) {
    return html`<p class="aside">${renderInline(only.tokens, context)}</p>`;
  }
  return html`<p>${renderInline(tokens, context)}</p>`;
}

/**
 * Every message is headed for those who listen. Answers skip levels as they like, so their own
 * headings are all of the next level and differ in looks only.
 */
function renderHeading(token: Tokens.Heading, context: MarkdownContext): Block {
  const words = renderInline(token.tokens, context);
  return html`<h4 class="h${Math.min(token.depth, 3)}" aria-level=${context.headingLevel ?? 4}>${words}</h4>`;
}

function renderList(token: Tokens.List, context: MarkdownContext, depth: number): Block {
  const items = token.items.map((item) => {
    const box = item.task
      ? html`<input type="checkbox" disabled .checked=${item.checked === true} aria-hidden="true" />`
      : nothing;
    return html`<li class=${item.task ? 'task' : ''}>${box}${renderBlocks(item.tokens, context, depth)}</li>`;
  });
  if (!token.ordered) return html`<ul>${items}</ul>`;
  return html`<ol start=${token.start || 1}>${items}</ol>`;
}

function renderCode(token: Tokens.Code, context: MarkdownContext): Block {
  const language = /^\S*/.exec(token.lang ?? '')?.[0] ?? '';
  return html`<figure class="code" part="code-block">
    <figcaption>
      <span>${language}</span>${copyButton({
        text: token.text,
        label: context.labels.copyCode,
        doneLabel: context.labels.copied,
      })}
    </figcaption>
    <pre tabindex="0"><code>${token.text}</code></pre>
  </figure>`;
}

function renderTable(token: Tokens.Table, context: MarkdownContext): Block {
  const cell = (entry: Tokens.TableCell) => renderInline(entry.tokens, context);
  return html`<div class="table" role="region" aria-label=${context.labels.table} tabindex="0">
    <table>
      <thead>
        <tr>
          ${token.header.map((entry) => html`<th class=${entry.align ?? ''} scope="col">${cell(entry)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${token.rows.map(
          (row) =>
            html`<tr>
              ${row.map((entry) => html`<td class=${entry.align ?? ''}>${cell(entry)}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
