/** A selection, or where the caret is, as positions between characters. A chip counts as one. */
export interface Span {
  start: number;
  end: number;
}

interface Ends {
  startContainer: Node;
  startOffset: number;
  endContainer: Node;
  endOffset: number;
}

type Composed = Selection & { getComposedRanges?(given: unknown): Ends[] };

/** The selection if it lies in `node`, wherever browsers hide it for a shadow tree. */
export function selectedIn(node: Node): Ends | null {
  const root = node.getRootNode();
  const ends = composedEnds(root) ?? plainEnds(root);
  return ends && node.contains(ends.startContainer) && node.contains(ends.endContainer)
    ? ends
    : null;
}

function composedEnds(root: Node): Ends | undefined {
  const selection = document.getSelection() as Composed | null;
  try {
    return selection?.getComposedRanges?.({ shadowRoots: [root] })[0];
  } catch {
    // Safari 17 takes the roots as they are.
    return selection?.getComposedRanges?.(root)[0];
  }
}

function plainEnds(root: Node): Ends | null {
  const own = root as Partial<Pick<Document, 'getSelection'>>;
  const selection = own.getSelection?.() ?? document.getSelection();
  return selection?.rangeCount ? selection.getRangeAt(0) : null;
}

/** What a child of the editor counts: see `Span`. The last line break only holds its line open. */
export function lengthOf(node: Node): number {
  if (node.nodeType === Node.TEXT_NODE) return node.textContent?.length ?? 0;
  return node.nodeName === 'BR' && !node.nextSibling ? 0 : 1;
}

export function spanOf(editor: Node, ends: Ends): Span {
  const start = position(editor, ends.startContainer, ends.startOffset);
  const end = position(editor, ends.endContainer, ends.endOffset);
  return start <= end ? { start, end } : { start: end, end: start };
}

function position(editor: Node, container: Node, offset: number): number {
  const children = [...editor.childNodes];
  if (container === editor) return total(children.slice(0, offset));
  const index = children.findIndex((child) => child.contains(container));
  const within = container.nodeType === Node.TEXT_NODE && container === children[index];
  return total(children.slice(0, index)) + (within ? offset : 1);
}

function total(nodes: readonly Node[]): number {
  return nodes.reduce((sum, node) => sum + lengthOf(node), 0);
}

export function placeCaret(editor: HTMLElement, at: number): void {
  const [node, offset] = pointAt(editor, at);
  document.getSelection()?.setBaseAndExtent(node, offset, node, offset);
  reveal(editor, node, offset);
}

function pointAt(editor: HTMLElement, at: number): [Node, number] {
  const children = [...editor.childNodes];
  let left = at;
  for (const [index, child] of children.entries()) {
    const length = lengthOf(child);
    if (child.nodeType === Node.TEXT_NODE && left <= length) return [child, left];
    if (left === 0) return [editor, index];
    left -= length;
  }
  return [editor, children.length];
}

/** Browsers bring the caret into view for what is typed, not for what we put there. */
function reveal(editor: HTMLElement, node: Node, offset: number): void {
  const range = document.createRange();
  range.setStart(node, offset);
  const caret = range.getClientRects?.()[0];
  const box = editor.getBoundingClientRect();
  if (!caret) editor.scrollTop = editor.scrollHeight;
  else if (caret.bottom > box.bottom) editor.scrollTop += caret.bottom - box.bottom + 8;
  else if (caret.top < box.top) editor.scrollTop -= box.top - caret.top + 8;
}
