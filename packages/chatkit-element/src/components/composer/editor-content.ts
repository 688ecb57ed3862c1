import type { DraftPart, TagPart } from './draft';

const TAGS = new WeakMap<Node, TagPart>();

/** What a chip stands for. */
export function tagAt(chip: Node): TagPart | undefined {
  return TAGS.get(chip);
}

/** Draws a chip; the icon is given, for the editor knows no templates. */
export type DrawChip = (chip: HTMLElement, tag: TagPart) => void;

export function fill(editor: HTMLElement, content: readonly DraftPart[], draw: DrawChip): void {
  editor.replaceChildren(
    ...content.map((part) =>
      part.type === 'input_tag' ? chip(part, draw) : document.createTextNode(part.text),
    ),
  );
  holdOpen(editor);
}

function chip(tag: TagPart, draw: DrawChip): HTMLElement {
  const node = document.createElement('span');
  node.className = 'tag';
  node.setAttribute('part', 'tag');
  node.setAttribute('contenteditable', 'false');
  TAGS.set(node, tag);
  draw(node, tag);
  return node;
}

/** An empty last line, and the place behind a chip at the end, exist only with a line break there. */
export function holdOpen(editor: HTMLElement): void {
  const last = editor.lastChild;
  if (last?.nodeName === 'BR') return;
  if (last?.nodeType === Node.TEXT_NODE && last.textContent && !last.textContent.endsWith('\n'))
    return;
  editor.append(document.createElement('br'));
}

/** True when a browser or a keyboard has put something here that is not ours. */
export function isForeign(editor: HTMLElement): boolean {
  return [...editor.children].some((node) => node.nodeName !== 'BR' && !TAGS.has(node));
}

const BLOCKS = /^(?:DIV|P|LI)$/;

export function read(editor: Node): DraftPart[] {
  const parts: DraftPart[] = [];
  const say = (text: string) => {
    const last = parts.at(-1);
    if (!text) return;
    if (last?.type === 'input_text') parts[parts.length - 1] = { ...last, text: last.text + text };
    else parts.push({ type: 'input_text', text });
  };
  const visit = (node: Node): void => {
    const tag = TAGS.get(node);
    if (tag) parts.push(tag);
    else if (node.nodeType === Node.TEXT_NODE) say(node.textContent ?? '');
    else if (node.nodeName === 'BR') say(node.nextSibling ? '\n' : '');
    else {
      if (BLOCKS.test(node.nodeName) && parts.length > 0) say('\n');
      for (const child of node.childNodes) visit(child);
    }
  };
  for (const child of editor.childNodes) visit(child);
  return parts;
}
