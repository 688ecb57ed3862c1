import { isObject, readList, readNumber, readText } from './json';
import { readSource, type Source } from './sources';

/** Steps on the way to an answer. */
export interface Workflow {
  type: string;
  tasks: Task[];
  summary?: { title?: string; icon?: string; duration?: number };
  expanded: boolean;
}

/** One step. Which fields are there depends on its type; an unknown type is a custom one. */
export interface Task {
  type: string;
  title?: string;
  icon?: string;
  content?: string;
  queries: string[];
  status: 'none' | 'loading' | 'complete';
  sources: Source[];
}

export const EMPTY_TASK: Task = { type: 'custom', status: 'none', queries: [], sources: [] };

export function readTask(value: unknown): Task | null {
  if (!isObject(value)) return null;
  const status = value.status_indicator;
  return {
    type: readText(value.type) ?? 'custom',
    title: readText(value.title) || readText(value.title_query),
    icon: readText(value.icon),
    content: readText(value.content),
    queries: readList(value.queries, (query) => readText(query) || null),
    status: status === 'loading' || status === 'complete' ? status : 'none',
    sources: readList(value.sources, readSource),
  };
}

export function readWorkflow(value: unknown): Workflow {
  const workflow = isObject(value) ? value : {};
  const summary = isObject(workflow.summary) ? workflow.summary : undefined;
  return {
    type: readText(workflow.type) ?? 'custom',
    tasks: readList(workflow.tasks, readTask),
    summary: summary && {
      title: readText(summary.title),
      icon: readText(summary.icon),
      duration: readNumber(summary.duration),
    },
    expanded: workflow.expanded === true,
  };
}
