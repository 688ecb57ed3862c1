import { html, nothing, type TemplateResult } from 'lit';
import type { AnswerKit } from './kit';
import type { Cited } from './source-mark';
import { hostOf, sourceFacts, sourceIcon, sourceName } from './source-row';

/** All sources of an answer, folded under it. Parts: sources, source. */
export function sourceList(cited: Cited[], kit: AnswerKit): TemplateResult {
  return html`<details class="sources" part="sources">
    <summary>
      ${kit.icon('chevron-right')}<span>${kit.strings.sources(cited.length)}</span>
      <span class="source-facts" dir="auto">${someNames(cited)}</span>
    </summary>
    ${[...byGroup(cited)].map(
      ([group, members]) => html`
        ${group ? html`<p class="source-group"><bdi>${group}</bdi></p>` : nothing}
        <ul>
          ${members.map((each) => row(each, kit))}
        </ul>
      `,
    )}
  </details>`;
}

function row({ number, source }: Cited, kit: AnswerKit) {
  return html`<li class="source" part="source">
    <span class="source-number" aria-hidden="true">${number}</span>
    ${sourceIcon(source, kit)}
    <div>${sourceName(source, kit)} ${sourceFacts(source, kit)}</div>
  </li>`;
}

/** Where the first of them are from, so that a look tells whether to unfold. */
function someNames(cited: Cited[]): string {
  const names = new Set(cited.map(({ source }) => hostOf(source) ?? source.title));
  return [...names].slice(0, 3).join(', ');
}

function byGroup(cited: Cited[]): Map<string, Cited[]> {
  const groups = new Map<string, Cited[]>();
  for (const each of cited) {
    const group = each.source.group ?? '';
    groups.set(group, [...(groups.get(group) ?? []), each]);
  }
  return groups;
}
