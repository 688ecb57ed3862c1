import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../../icons/icon';
import { markdown } from '../../markdown/markdown';
import type { Task, Workflow } from '../../protocol/items';
import type { ChatView } from '../view';
import { sourceList } from './source-list';

/** Steps on the way to an answer, folded when done. Parts: workflow, task. */
export function workflow(
  item: Workflow,
  growing: boolean,
  view: ChatView,
): TemplateResult | typeof nothing {
  if (item.tasks.length === 0 && !item.summary) return nothing;
  return html`<details class="workflow" part="workflow" ?open=${growing || item.expanded}>
    <summary class=${growing ? 'shimmer' : ''}>${summary(item, view)}</summary>
    ${item.tasks.map((task) => taskLine(task, view, growing))}
  </details>`;
}

function summary({ summary: given, tasks, type }: Workflow, { strings }: ChatView): string {
  if (given?.title) return given.title;
  if (given?.duration !== undefined) return strings.thoughtFor(given.duration);
  return type === 'reasoning' ? strings.thinking : strings.steps(tasks.length);
}

/** `moving`: the workflow around it is still at work, so a loading task may say so. */
export function taskLine(task: Task, view: ChatView, moving = false): TemplateResult {
  const mark = task.status === 'complete' ? 'check' : 'empty-circle';
  return html`<div class="task" part="task">
    ${task.status === 'none' ? nothing : icon(mark)}
    <div>
      ${
        task.title
          ? html`<p class=${moving && task.status === 'loading' ? 'shimmer' : ''}>${task.title}</p>`
          : nothing
      }
      ${
        task.content
          ? html`<div class="prose">${markdown(task.content, moving, view.markdown)}</div>`
          : nothing
      }
      ${sourceList(task.sources, view)}
    </div>
  </div>`;
}
