import { isObject, type JsonObject, readList, readNumber, readText } from './json';

/** What stands in a thread, as the server sends it and as the element shows it. */
export type ThreadItem =
  | UserMessage
  | AssistantMessage
  | ClientToolCall
  | WorkflowItem
  | TaskItem
  | OtherItem;

interface ItemBase {
  id: string;
  /** ISO time; without an offset it is UTC. */
  created_at: string;
}

export interface UserMessage extends ItemBase {
  type: 'user_message';
  content: UserContent[];
  attachments: AttachmentReference[];
  quoted_text: string;
}

export type UserContent =
  | { type: 'input_text'; text: string }
  | {
      type: 'input_tag';
      text: string;
      id: string;
      group?: string;
      data: JsonObject;
      interactive: boolean;
    };

export interface AttachmentReference {
  id: string;
  name: string;
}

export interface AssistantMessage extends ItemBase {
  type: 'assistant_message';
  content: OutputText[];
}

export interface OutputText {
  text: string;
  annotations: Annotation[];
}

export interface Annotation {
  source: Source;
  /** Position in the text, in characters. */
  index?: number;
}

export interface Source {
  type: string;
  title: string;
  url?: string;
}

export interface ClientToolCall extends ItemBase {
  type: 'client_tool_call';
  status: 'pending' | 'completed';
  call_id: string;
  name: string;
  arguments: JsonObject;
}

export interface WorkflowItem extends ItemBase {
  type: 'workflow';
  workflow: Workflow;
}

export interface Workflow {
  type: string;
  tasks: Task[];
  summary?: { title?: string; duration?: number };
  expanded: boolean;
}

export interface TaskItem extends ItemBase {
  type: 'task';
  task: Task;
}

export interface Task {
  type: string;
  title?: string;
  content?: string;
  status: 'none' | 'loading' | 'complete';
  sources: Source[];
}

/** An item this version does not draw: its readable text, when it carries any. */
export interface OtherItem extends ItemBase {
  type: 'other';
  kind: string;
  text: string;
}

/** Bookkeeping of the server: neither shown nor kept. */
const HIDDEN = new Set(['hidden_context_item', 'sdk_hidden_context', 'end_of_turn']);

/** Returns null for hidden items and for values without type or id. */
export function readItem(value: unknown): ThreadItem | null {
  if (!isObject(value)) return null;
  const id = readText(value.id);
  const kind = readText(value.type);
  if (!id || !kind || HIDDEN.has(kind)) return null;
  const base = { id, created_at: readText(value.created_at) ?? '' };
  switch (kind) {
    case 'user_message':
      return {
        ...base,
        type: kind,
        content: readList(value.content, readUserContent),
        attachments: readList(value.attachments, readAttachment),
        quoted_text: readText(value.quoted_text) ?? '',
      };
    case 'assistant_message':
      return { ...base, type: kind, content: readList(value.content, readOutputText) };
    case 'client_tool_call':
      return {
        ...base,
        type: kind,
        status: value.status === 'completed' ? 'completed' : 'pending',
        call_id: readText(value.call_id) ?? '',
        name: readText(value.name) ?? '',
        arguments: isObject(value.arguments) ? value.arguments : {},
      };
    case 'workflow':
      return { ...base, type: kind, workflow: readWorkflow(value.workflow) };
    case 'task':
      return { ...base, type: kind, task: readTask(value.task) ?? EMPTY_TASK };
    default:
      return { ...base, type: 'other', kind, text: readableText(value) };
  }
}

export function readUserContent(value: unknown): UserContent | null {
  if (!isObject(value)) return null;
  const text = readText(value.text) ?? '';
  if (value.type === 'input_text') return { type: 'input_text', text };
  if (value.type !== 'input_tag') return null;
  return {
    type: 'input_tag',
    text,
    id: readText(value.id) ?? '',
    group: readText(value.group),
    data: isObject(value.data) ? value.data : {},
    interactive: value.interactive === true,
  };
}

export function readOutputText(value: unknown): OutputText | null {
  if (!isObject(value)) return null;
  return {
    text: readText(value.text) ?? '',
    annotations: readList(value.annotations, readAnnotation),
  };
}

export function readAnnotation(value: unknown): Annotation | null {
  if (!isObject(value)) return null;
  const source = readSource(value.source);
  return source && { source, index: readNumber(value.index) };
}

const EMPTY_TASK: Task = { type: 'custom', status: 'none', sources: [] };

export function readTask(value: unknown): Task | null {
  if (!isObject(value)) return null;
  const status = value.status_indicator;
  return {
    type: readText(value.type) ?? 'custom',
    title: readText(value.title) ?? readText(value.title_query),
    content: readText(value.content),
    status: status === 'loading' || status === 'complete' ? status : 'none',
    sources: readList(value.sources, readSource),
  };
}

function readWorkflow(value: unknown): Workflow {
  const workflow = isObject(value) ? value : {};
  const summary = isObject(workflow.summary) ? workflow.summary : undefined;
  return {
    type: readText(workflow.type) ?? 'custom',
    tasks: readList(workflow.tasks, readTask),
    summary: summary && {
      title: readText(summary.title),
      duration: readNumber(summary.duration),
    },
    expanded: workflow.expanded === true,
  };
}

function readSource(value: unknown): Source | null {
  if (!isObject(value)) return null;
  const title = readText(value.title) ?? readText(value.filename) ?? readText(value.url);
  return title ? { type: readText(value.type) ?? 'url', title, url: readText(value.url) } : null;
}

function readAttachment(value: unknown): AttachmentReference | null {
  const id = isObject(value) ? readText(value.id) : undefined;
  return id && isObject(value) ? { id, name: readText(value.name) ?? id } : null;
}

const DEEPEST = 40;

/** The words inside an item we cannot draw: a widget's copy text, else its text nodes in order. */
function readableText(item: JsonObject): string {
  const copyText = readText(item.copy_text);
  if (copyText) return copyText;
  const words: string[] = [];
  collectText(item.widget, words, 0);
  return words.join('\n\n');
}

function collectText(node: unknown, words: string[], depth: number): void {
  if (!isObject(node) || depth > DEEPEST) return;
  const text = readText(node.value) ?? (node.type === 'Badge' ? readText(node.label) : undefined);
  if (text?.trim()) words.push(text);
  const children = Array.isArray(node.children) ? node.children : [node.children];
  for (const child of children) collectText(child, words, depth + 1);
}
