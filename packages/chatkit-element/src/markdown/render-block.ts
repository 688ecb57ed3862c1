import { html, nothing, type TemplateResult } from 'lit';
import type { Token, Tokens } from 'marked';
import { codeText } from './code-text';
import { copyButton } from './copy-button';
import { drawMark, type Place, renderInline } from './render-inline';

type Block = TemplateResult | typeof nothing | unknown[];

export function renderBlock(token: Token, place: Place): Block {
  switch (token.type) {
    case 'space':
    case 'def':
    case 'checkbox':
      return nothing;
    case 'paragraph':
    // The words of a list's item: the same element whether empty lines follow or not.
    case 'text':
      return renderParagraph(token as Tokens.Paragraph | Tokens.Text, place);
    case 'heading':
      return renderHeading(token as Tokens.Heading, place);
    case 'list':
      return renderList(token as Tokens.List, place);
    case 'blockquote':
      return html`<blockquote dir="auto">${renderBlocks(token.tokens, place)}</blockquote>`;
    case 'code':
      return renderCode(token as Tokens.Code, place);
    case 'table':
      return renderTable(token as Tokens.Table, place);
    case 'hr':
      return html`<hr />`;
    case 'mark':
      return html`<p>${drawMark(token)}</p>`;
    case 'formula':
      return renderInline([token], place);
    default:
      return html`<p class="raw">${token.raw.trim()}</p>`;
  }
}

/** Of what is inside an open block only the last is open. */
function renderBlocks(tokens: Token[] = [], place: Place): Block[] {
  return tokens.map((token, index) =>
    renderBlock(token, { ...place, open: place.open && index === tokens.length - 1 }),
  );
}

/** A paragraph that is in italics as a whole is an aside: a source, a remark, a footnote. */
function renderParagraph({ tokens = [] }: Tokens.Paragraph | Tokens.Text, place: Place): Block {
  const [only, ...others] = tokens;
  const aside = only?.type === 'em' && others.length === 0;
  return html`<p class=${aside ? 'aside' : ''}>${renderInline(tokens, place)}</p>`;
}

/**
 * Every message is headed for those who listen. Answers skip levels as they like, so their own
 * headings are all of the next level and differ in looks only.
 */
function renderHeading(token: Tokens.Heading, place: Place): Block {
  const words = renderInline(token.tokens, place);
  return html`<h4 class="h${Math.min(token.depth, 3)}" aria-level=${place.context.headingLevel ?? 4}>${words}</h4>`;
}

function renderList(token: Tokens.List, place: Place): Block {
  const items = token.items.map((item, index) => {
    const box = item.task
      ? html`<input type="checkbox" disabled .checked=${item.checked === true} aria-hidden="true" />`
      : nothing;
    const open = place.open && index === token.items.length - 1;
    return html`<li class=${item.task ? 'task' : ''}>${box}${renderBlocks(item.tokens, { ...place, open })}</li>`;
  });
  if (!token.ordered) return html`<ul dir="auto">${items}</ul>`;
  return html`<ol dir="auto" start=${token.start || 1}>${items}</ol>`;
}

function renderCode(token: Tokens.Code, { context, open }: Place): Block {
  const language = /^\S*/.exec(token.lang ?? '')?.[0] ?? '';
  return html`<figure class="code" part="code-block">
    <figcaption>
      <span>${language}</span>${copyButton({
        text: token.text,
        label: context.labels.copyCode,
        doneLabel: context.labels.copied,
      })}
    </figcaption>
    <pre tabindex="0"><code ${codeText(token.text, language, open)}></code></pre>
  </figure>`;
}

/** A cell of so many letters is read as a sentence. */
const WORDY = 24;

function cellClass({ align, text }: Tokens.TableCell): string {
  return `${align ?? ''} ${text.length > WORDY ? 'wordy' : ''}`.trim();
}

function renderTable(token: Tokens.Table, place: Place): Block {
  const cell = (entry: Tokens.TableCell) => renderInline(entry.tokens, place);
  return html`<div class="table" role="group" aria-label=${place.context.labels.table} tabindex="0">
    <table dir="auto">
      <thead>
        <tr>
          ${token.header.map((entry) =>
            // A corner with nothing in it heads nothing.
            entry.text.trim()
              ? html`<th class=${entry.align ?? ''} scope="col">${cell(entry)}</th>`
              : html`<td></td>`,
          )}
        </tr>
      </thead>
      <tbody>
        ${token.rows.map(
          (row) =>
            html`<tr>
              ${row.map((entry) => html`<td class=${cellClass(entry)}>${cell(entry)}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
