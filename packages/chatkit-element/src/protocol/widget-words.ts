import { isObject, type JsonObject, readText } from './json';

/** A piece of a widget that can be read. */
export interface WidgetWords {
  kind: 'title' | 'text' | 'markdown' | 'image' | 'action';
  text: string;
}

const DEEPEST = 40;
const KINDS: Record<string, WidgetWords['kind']> = {
  Title: 'title',
  Markdown: 'markdown',
  Image: 'image',
  Button: 'action',
};

/** What a widget says, in the order of its nodes; empty when it has no words at all. */
export function widgetWords(widget: JsonObject): WidgetWords[] {
  const words: WidgetWords[] = [];
  collect(widget, words, 0);
  return words;
}

function collect(node: unknown, words: WidgetWords[], depth: number): void {
  if (!isObject(node) || depth > DEEPEST) return;
  const add = (value: unknown, kind: WidgetWords['kind']) => {
    const text = readText(value);
    if (text?.trim()) words.push({ kind, text });
  };
  if (isObject(node.status)) add(node.status.text, 'text');
  const kind = KINDS[String(node.type)] ?? 'text';
  for (const value of [node.value, node.label, node.alt]) add(value, kind);
  const children = Array.isArray(node.children) ? node.children : [node.children];
  for (const child of children) collect(child, words, depth + 1);
  for (const button of [node.confirm, node.cancel])
    if (isObject(button)) add(button.label, 'action');
}
