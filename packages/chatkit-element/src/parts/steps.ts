import { html, nothing, type TemplateResult } from 'lit';
import type { TaskItem, WorkflowItem } from '../protocol/items';
import type { Task, Workflow } from '../protocol/workflows';
import type { AnswerKit } from './answers/kit';
import { styles } from './answers/steps-styles';
import { taskContent, taskIcon, taskTitle } from './answers/task';

/** Steps on the way to an answer. Parts: workflow, task. */
export class Steps {
  readonly styles = styles;
  /** What the user folded or unfolded stays so, whatever else becomes of it. */
  readonly #folds = new Map<string, boolean>();

  constructor(private readonly kit: AnswerKit) {}

  /** Open while it is under way, folded when it is done, unless the server or the user wants otherwise. */
  workflow({ id, workflow }: WorkflowItem, moving: boolean): TemplateResult | typeof nothing {
    const { tasks, summary, expanded } = workflow;
    if (tasks.length === 0 && !summary && !moving) return nothing;
    const title = this.#title(workflow, moving);
    if (tasks.length === 0)
      return html`<p class="workflow" part="workflow">${this.#summary(workflow, title, moving)}</p>`;
    const fold = ({ currentTarget }: Event) => {
      const details = (currentTarget as HTMLElement).parentElement as HTMLDetailsElement;
      this.#folds.set(id, !details.open);
    };
    return html`<details
      class="workflow"
      part="workflow"
      ?open=${this.#folds.get(id) ?? (moving || expanded)}
    >
      <summary @click=${fold}>${this.#summary(workflow, title, moving)}</summary>
      <ol class="steps">
        ${tasks.map((task, index) => this.#step(task, moving, index === tasks.length - 1))}
      </ol>
    </details>`;
  }

  /** A step that stands for itself. */
  task({ task }: TaskItem, moving: boolean): TemplateResult {
    return html`<div class="step single" part="task">
      <span class="node">${this.kit.icon(taskIcon(task))}</span>
      <div class="step-body">
        <p class=${moving ? 'shimmer' : ''}><bdi>${taskTitle(task, this.kit)}</bdi></p>
        ${taskContent(task, moving, this.kit)}
      </div>
    </div>`;
  }

  #summary({ summary, tasks }: Workflow, title: string | TemplateResult, moving: boolean) {
    const icon = summary?.icon;
    return html`${icon ? this.kit.icon(icon) : nothing}<span class=${moving ? 'shimmer' : ''}
        ><bdi>${title}</bdi></span
      >${tasks.length > 0 ? this.kit.icon('chevron-right') : nothing}`;
  }

  /** What is going on is the title while the steps are folded; unfolded they say it themselves. */
  #title({ type, summary, tasks }: Workflow, moving: boolean): string | TemplateResult {
    const { strings } = this.kit;
    if (summary?.title) return summary.title;
    const reasons = type === 'reasoning';
    if (summary?.duration !== undefined) {
      return reasons ? strings.thoughtFor(summary.duration) : strings.workedFor(summary.duration);
    }
    if (!moving) return reasons ? strings.thoughts : strings.steps(tasks.length);
    const whole = reasons ? strings.thinking : strings.working;
    const current = (tasks.findLast(({ status }) => status === 'loading') ?? tasks.at(-1))?.title;
    return current
      ? html`<span class="folded">${current}</span><span class="unfolded">${whole}</span>`
      : whole;
  }

  /** `moving`: the workflow around it is still at work, so a step under way may say so. */
  #step(task: Task, moving: boolean, last: boolean) {
    const { strings } = this.kit;
    const working = moving && task.status === 'loading';
    const status = working
      ? strings.taskRunning
      : task.status === 'complete'
        ? strings.taskDone
        : '';
    const title = taskTitle(task, this.kit);
    return html`<li class="step" part="task" data-status=${working ? 'loading' : task.status}>
      <span class="node">${this.#sign(task, working)}</span>
      <div class="step-body">
        ${
          title
            ? html`<p class=${working ? 'shimmer' : ''}>
                <bdi>${title}</bdi>${status ? html`<span class="spoken"> (${status})</span>` : nothing}
              </p>`
            : nothing
        }
        ${taskContent(task, moving && last, this.kit)}
      </div>
    </li>`;
  }

  #sign(task: Task, working: boolean) {
    if (working) return html`<i class="spinner"></i>`;
    if (task.status === 'complete' && !task.icon) return this.kit.icon('check');
    if (task.type === 'thought' && !task.icon) return html`<i class="dot"></i>`;
    return this.kit.icon(taskIcon(task));
  }
}
