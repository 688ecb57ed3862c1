import type { WidgetUpdate } from '../protocol/events';
import { isObject, type JsonObject } from '../protocol/json';

/** Deeper nodes are left as they are: nobody nests so deep, and it would exhaust the stack. */
const DEEPEST = 200;

/** Applies one update to a copy of the widget; one that names no node of it changes nothing. */
export function updateWidget(widget: JsonObject, update: WidgetUpdate): JsonObject {
  if (update.type === 'widget.root.updated') return update.widget;
  return change(widget, update, 0) as JsonObject;
}

function change(
  node: unknown,
  update: Exclude<WidgetUpdate, { widget: JsonObject }>,
  depth: number,
): unknown {
  if (depth > DEEPEST) return node;
  if (Array.isArray(node)) return node.map((child) => change(child, update, depth + 1));
  if (!isObject(node)) return node;
  if (node.id !== update.component_id) {
    return 'children' in node
      ? { ...node, children: change(node.children, update, depth + 1) }
      : node;
  }
  if (update.type === 'widget.component.updated') return update.component;
  const value = typeof node.value === 'string' ? node.value : '';
  return { ...node, value: value + update.delta, streaming: !update.done };
}
