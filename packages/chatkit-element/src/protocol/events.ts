import {
  type GeneratedImage,
  type OutputText,
  readImage,
  readItem,
  readOutputText,
  type ThreadItem,
} from './items';
import { isObject, type JsonObject, readNumber, readText } from './json';
import { type Annotation, readAnnotation } from './sources';
import { type Page, readThread, readThreadItems, type Thread } from './threads';
import { readTask, type Task } from './workflows';

/** One event of a response stream, checked once on entry and trusted afterwards. */
export type ThreadStreamEvent =
  | { type: 'thread.created'; thread: Thread }
  | { type: 'thread.updated'; thread: Thread }
  | { type: 'thread.item.added'; item: ThreadItem }
  | { type: 'thread.item.updated'; item_id: string; update: ItemUpdate }
  | { type: 'thread.item.done'; item: ThreadItem }
  | { type: 'thread.item.removed'; item_id: string }
  | { type: 'thread.item.replaced'; item: ThreadItem }
  | { type: 'stream_options'; allow_cancel: boolean }
  | { type: 'progress_update'; icon?: string; text: string }
  | { type: 'client_effect'; name: string; data?: JsonObject }
  | { type: 'error'; code: string; message?: string; allow_retry: boolean }
  | { type: 'notice'; level: NoticeLevel; message: string; title?: string }
  | RunReset;

/** The log no longer has what came before: this is what the thread is now, newest items last. */
export interface RunReset {
  type: 'run.reset';
  thread: Thread;
  newest: Page<ThreadItem>;
}

/** An event that tells which thread it is about. */
export type ThreadEvent = Extract<ThreadStreamEvent, { thread: Thread }>;

export type NoticeLevel = 'info' | 'warning' | 'danger';

export type ItemUpdate =
  | { type: 'content_part.added'; content_index: number; content: OutputText }
  | { type: 'content_part.text_delta'; content_index: number; delta: string }
  | {
      type: 'content_part.annotation_added';
      content_index: number;
      annotation_index: number;
      annotation: Annotation;
    }
  | { type: 'content_part.done'; content_index: number; content: OutputText }
  | { type: 'workflow.task.added'; task_index: number; task: Task }
  | { type: 'workflow.task.updated'; task_index: number; task: Task }
  | { type: 'generated_image.updated'; image: GeneratedImage; progress?: number }
  | WidgetUpdate;

export type WidgetUpdate =
  | {
      type: 'widget.streaming_text.value_delta';
      component_id: string;
      delta: string;
      done: boolean;
    }
  | { type: 'widget.component.updated'; component_id: string; component: JsonObject }
  | { type: 'widget.root.updated'; widget: JsonObject };

/** Returns null for an event of a later version, a hidden item, or a broken one. */
export function readEvent(value: unknown): ThreadStreamEvent | null {
  if (!isObject(value)) return null;
  switch (value.type) {
    case 'thread.created':
    case 'thread.updated': {
      const thread = readThread(value.thread);
      return thread && { type: value.type, thread };
    }
    case 'thread.item.added':
    case 'thread.item.done':
    case 'thread.item.replaced': {
      const item = readItem(value.item);
      return item && { type: value.type, item };
    }
    case 'thread.item.updated': {
      const itemId = readText(value.item_id);
      const update = readUpdate(value.update);
      return itemId && update ? { type: value.type, item_id: itemId, update } : null;
    }
    case 'thread.item.removed': {
      const itemId = readText(value.item_id);
      return itemId ? { type: value.type, item_id: itemId } : null;
    }
    case 'stream_options':
      return {
        type: value.type,
        allow_cancel:
          !isObject(value.stream_options) || value.stream_options.allow_cancel !== false,
      };
    case 'progress_update':
      return { type: value.type, icon: readText(value.icon), text: readText(value.text) ?? '' };
    case 'client_effect': {
      const name = readText(value.name);
      const data = isObject(value.data) ? { data: value.data } : {};
      return name ? { type: value.type, name, ...data } : null;
    }
    case 'error':
      return {
        type: value.type,
        code: readText(value.code) ?? 'stream.error',
        message: readText(value.message),
        allow_retry: value.allow_retry === true,
      };
    case 'notice':
      return {
        type: value.type,
        level: value.level === 'warning' || value.level === 'danger' ? value.level : 'info',
        message: readText(value.message) ?? '',
        title: readText(value.title),
      };
    case 'run.reset': {
      const thread = readThread(value.thread);
      return thread && { type: value.type, thread, newest: readThreadItems(value.thread) };
    }
    default:
      return null;
  }
}

export function isReset(value: unknown): boolean {
  return isObject(value) && value.type === 'run.reset';
}

const MESSAGE = 'assistant_message.';

function readUpdate(value: unknown): ItemUpdate | null {
  if (!isObject(value) || typeof value.type !== 'string') return null;
  if (value.type.startsWith(MESSAGE)) return readMessageUpdate(value);
  const id = readText(value.component_id);
  switch (value.type) {
    case 'workflow.task.added':
    case 'workflow.task.updated': {
      const task = readTask(value.task);
      const index = readIndex(value.task_index);
      return task && index !== null ? { type: value.type, task_index: index, task } : null;
    }
    case 'generated_image.updated': {
      const image = readImage(value.image);
      return image && { type: value.type, image, progress: readNumber(value.progress) };
    }
    case 'widget.streaming_text.value_delta': {
      const [delta, done] = [readText(value.delta) ?? '', value.done === true];
      return id ? { type: value.type, component_id: id, delta, done } : null;
    }
    case 'widget.component.updated': {
      const { component } = value;
      return id && isObject(component) ? { type: value.type, component_id: id, component } : null;
    }
    case 'widget.root.updated':
      return isObject(value.widget) ? { type: value.type, widget: value.widget } : null;
    default:
      return null;
  }
}

function readMessageUpdate(value: JsonObject): ItemUpdate | null {
  const index = readIndex(value.content_index);
  if (index === null) return null;
  const type = String(value.type).slice(MESSAGE.length);
  switch (type) {
    case 'content_part.added':
    case 'content_part.done': {
      const content = readOutputText(value.content);
      return content && { type, content_index: index, content };
    }
    case 'content_part.text_delta':
      return { type, content_index: index, delta: readText(value.delta) ?? '' };
    case 'content_part.annotation_added': {
      const annotation = readAnnotation(value.annotation);
      return (
        annotation && {
          type,
          content_index: index,
          annotation_index: readIndex(value.annotation_index) ?? 0,
          annotation,
        }
      );
    }
    default:
      return null;
  }
}

/** More parts or tasks than any answer has; a larger index would only allocate memory. */
const HIGHEST_INDEX = 1000;

function readIndex(value: unknown): number | null {
  const index = readNumber(value);
  const usable = index !== undefined && Number.isInteger(index) && index >= 0;
  return usable && index <= HIGHEST_INDEX ? index : null;
}
