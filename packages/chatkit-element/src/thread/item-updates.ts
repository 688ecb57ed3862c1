import type { ItemUpdate, WidgetUpdate } from '../protocol/events';
import type { AssistantMessage, OutputText, ThreadItem, WorkflowItem } from '../protocol/items';
import { updateWidget } from './widget-updates';

/** Applies one update to a copy of the item; an update that does not fit its type changes nothing. */
export function updateItem(item: ThreadItem, update: ItemUpdate): ThreadItem {
  if (item.type === 'assistant_message' && 'content_index' in update) {
    return updateMessage(item, update);
  }
  if (item.type === 'workflow' && 'task_index' in update) return updateWorkflow(item, update);
  if (item.type === 'generated_image' && update.type === 'generated_image.updated') {
    return { ...item, image: update.image, progress: update.progress };
  }
  if (item.type === 'widget' && isWidgetUpdate(update)) {
    return { ...item, widget: updateWidget(item.widget, update) };
  }
  return item;
}

type MessageUpdate = Extract<ItemUpdate, { content_index: number }>;
type WorkflowUpdate = Extract<ItemUpdate, { task_index: number }>;

function isWidgetUpdate(update: ItemUpdate): update is WidgetUpdate {
  return update.type.startsWith('widget.');
}

const EMPTY_PART: OutputText = { text: '', annotations: [] };

function updateMessage(item: AssistantMessage, update: MessageUpdate): AssistantMessage {
  const content = [...item.content];
  while (content.length <= update.content_index) content.push(EMPTY_PART);
  const part = content[update.content_index] ?? EMPTY_PART;
  content[update.content_index] = updatePart(part, update);
  return { ...item, content };
}

function updatePart(part: OutputText, update: MessageUpdate): OutputText {
  switch (update.type) {
    case 'content_part.added':
      return update.content;
    case 'content_part.text_delta':
      return { ...part, text: part.text + update.delta };
    case 'content_part.annotation_added':
      return {
        ...part,
        annotations: part.annotations.toSpliced(update.annotation_index, 0, update.annotation),
      };
    case 'content_part.done': {
      // The SDK's helper empties the annotations here and restores them with the finished item.
      const kept = update.content.annotations.length ? update.content : part;
      return { text: update.content.text, annotations: kept.annotations };
    }
  }
}

function updateWorkflow(item: WorkflowItem, update: WorkflowUpdate): WorkflowItem {
  const tasks = [...item.workflow.tasks];
  const replaced = update.type === 'workflow.task.updated' ? 1 : 0;
  tasks.splice(update.task_index, replaced, update.task);
  return { ...item, workflow: { ...item.workflow, tasks } };
}
