import { type AttachmentReference, readAttachment } from './attachments';
import { isObject, type JsonObject, readList, readText } from './json';
import { type Annotation, readAnnotation } from './sources';
import { EMPTY_TASK, readTask, readWorkflow, type Task, type Workflow } from './workflows';

/** What stands in a thread, as the server sends it and as the element shows it. */
export type ThreadItem =
  | UserMessage
  | AssistantMessage
  | ClientToolCall
  | WorkflowItem
  | TaskItem
  | WidgetItem
  | GeneratedImageItem
  | EndOfTurn
  | StructuredInputItem
  | OtherItem;

interface ItemBase {
  id: string;
  /** ISO time; without an offset it is local time. */
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

export interface AssistantMessage extends ItemBase {
  type: 'assistant_message';
  content: OutputText[];
}

export interface OutputText {
  text: string;
  annotations: Annotation[];
}

export interface ClientToolCall extends ItemBase {
  type: 'client_tool_call';
  status: 'pending' | 'completed';
  call_id: string;
  name: string;
  arguments: JsonObject;
}

/** Questions to the user. */
export interface StructuredInputItem extends ItemBase {
  type: 'structured_input';
  status: string;
  /** Read by `readQuestion` where they are drawn. */
  inputs: JsonObject[];
}

export interface WorkflowItem extends ItemBase {
  type: 'workflow';
  workflow: Workflow;
}

export interface TaskItem extends ItemBase {
  type: 'task';
  task: Task;
}

export interface WidgetItem extends ItemBase {
  type: 'widget';
  /** As the server sent it: what is unknown in it is skipped where it is drawn. */
  widget: JsonObject;
  copy_text?: string;
}

export interface GeneratedImageItem extends ItemBase {
  type: 'generated_image';
  /** Absent until there is something to see. */
  image?: GeneratedImage;
  /** How much of it is done, from 0 to 1; absent when it is whole or nobody knows. */
  progress?: number;
}

export interface GeneratedImage {
  id: string;
  url: string;
}

/** Nothing to see: what follows is another turn of the assistant. */
export interface EndOfTurn extends ItemBase {
  type: 'end_of_turn';
}

/** An item this version does not know: its readable text, when it carries any. */
export interface OtherItem extends ItemBase {
  type: 'other';
  kind: string;
  text: string;
}

/** Bookkeeping of the server: neither shown nor kept. */
const HIDDEN = new Set(['hidden_context_item', 'sdk_hidden_context']);

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
    case 'structured_input':
      return {
        ...base,
        type: kind,
        status: readText(value.status) ?? 'pending',
        inputs: readList(value.inputs, (input) =>
          isObject(input) && readText(input.id) ? input : null,
        ),
      };
    case 'workflow':
      return { ...base, type: kind, workflow: readWorkflow(value.workflow) };
    case 'task':
      return { ...base, type: kind, task: readTask(value.task) ?? EMPTY_TASK };
    case 'widget':
      return {
        ...base,
        type: kind,
        widget: isObject(value.widget) ? value.widget : {},
        copy_text: readText(value.copy_text),
      };
    case 'generated_image':
      return { ...base, type: kind, image: readImage(value.image) ?? undefined };
    case 'end_of_turn':
      return { ...base, type: kind };
    default:
      return { ...base, type: 'other', kind, text: readText(value.text) ?? '' };
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

export function readImage(value: unknown): GeneratedImage | null {
  const url = isObject(value) && readText(value.url);
  return url ? { id: readText(value.id) ?? '', url } : null;
}
