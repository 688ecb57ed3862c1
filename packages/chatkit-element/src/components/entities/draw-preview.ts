import { html, nothing, type TemplateResult } from 'lit';
import { isObject, type JsonObject, readText } from '../../protocol/json';

type Draw = (name: string) => TemplateResult;
type Drawn = TemplateResult | typeof nothing;

const DEEPEST = 20;
const ROOTS = ['Basic', 'Card', 'ListView'];
const WORDS: Record<string, string> = {
  Title: 'preview-title',
  Caption: 'preview-caption',
  Text: 'preview-text',
  Markdown: 'preview-text',
  Label: 'preview-caption',
};

/**
 * What a page shows of an entity, in a simple form: words, badges, pictures, rows and columns. Null
 * for what is no widget. A full drawing of widgets comes in here, in place of all that follows.
 */
export function drawPreview(widget: unknown, icon: Draw): TemplateResult | null {
  if (!isObject(widget) || !ROOTS.includes(String(widget.type))) return null;
  return html`${node(widget, icon, 0)}`;
}

function node(value: unknown, icon: Draw, depth: number): Drawn {
  if (!isObject(value) || depth > DEEPEST) return nothing;
  const type = String(value.type);
  const words = WORDS[type];
  if (words) return html`<div class=${words}>${readText(value.value) ?? ''}</div>`;
  switch (type) {
    case 'Badge':
      return html`<span class="preview-badge" data-color=${readText(value.color) ?? 'secondary'}>${readText(value.label)}</span>`;
    case 'Icon':
      return icon(readText(value.name) ?? '');
    case 'Image':
      return picture(value);
    case 'Divider':
      return html`<div class="preview-line"></div>`;
    case 'Spacer':
      return html`<span class="preview-spacer"></span>`;
    default:
      return box(value, type, icon, depth);
  }
}

function box(value: JsonObject, type: string, icon: Draw, depth: number): Drawn {
  const children = Array.isArray(value.children) ? value.children : [value.children];
  const row = type === 'Row' || value.direction === 'row';
  return html`<div class=${row ? 'preview-row' : 'preview-column'}>
    ${children.map((child) => node(child, icon, depth + 1))}
  </div>`;
}

/** The page's own pictures: wherever it keeps them, but nothing else than pictures. */
function picture({ src, alt }: JsonObject): Drawn {
  const address = readText(src) ?? '';
  if (!/^(?:https?:|blob:|data:image\/|[./])/i.test(address)) return nothing;
  return html`<img class="preview-image" src=${address} alt=${readText(alt) ?? ''} />`;
}
