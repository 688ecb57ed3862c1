import { html, nothing, type TemplateResult } from 'lit';
import type { Source } from '../../protocol/sources';
import type { Task } from '../../protocol/workflows';
import type { AnswerKit } from './kit';
import { hostOf, sourceIcon, sourceName } from './source-row';

const ICONS: Record<string, string> = {
  web_search: 'search',
  file: 'document',
  image: 'square-image',
  thought: 'lightbulb',
};
/** So many sources are shown at once; the others wait behind their number. */
const SHOWN = 6;

export function taskIcon({ icon, type }: Task): string {
  return icon ?? ICONS[type] ?? 'empty-circle';
}

/** Its title; a step without one that has something to show is named by what it does. */
export function taskTitle({ title, type, content }: Task, { strings }: AnswerKit): string {
  return title || (content ? '' : (strings.tasks[type] ?? strings.tasks.custom ?? ''));
}

/** What a step found, thought or did. */
export function taskContent(
  task: Task,
  growing: boolean,
  kit: AnswerKit,
): TemplateResult | typeof nothing {
  const { content, queries, sources } = task;
  if (!content && queries.length === 0 && sources.length === 0) return nothing;
  return html`
    ${content ? html`<div class="prose">${kit.prose(content, growing)}</div>` : nothing}
    ${
      queries.length > 0
        ? html`<ul class="chips">
            ${queries.map((query) => html`<li class="query">${kit.icon('search')}<bdi>${query}</bdi></li>`)}
          </ul>`
        : nothing
    }
    ${sources.length > 0 ? sourceChips(sources, kit) : nothing}
  `;
}

function sourceChips(sources: Source[], kit: AnswerKit) {
  const chips = (some: Source[]) => html`<ul class="chips">
    ${some.map(
      (source) => html`<li class="chip" title=${hostOf(source) ?? source.title}>
        ${sourceIcon(source, kit)}${sourceName(source, kit)}
      </li>`,
    )}
  </ul>`;
  const more = sources.slice(SHOWN);
  if (more.length === 0) return chips(sources);
  return html`${chips(sources.slice(0, SHOWN))}
    <details class="more">
      <summary>${kit.icon('chevron-right')}${kit.strings.moreSources(more.length)}</summary>
      ${chips(more)}
    </details>`;
}
