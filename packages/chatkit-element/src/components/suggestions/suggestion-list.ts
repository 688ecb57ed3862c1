import { html, nothing, type TemplateResult } from 'lit';
import type { Strings } from '../../locales/locales';
import type { Suggestion } from './suggestion';

export interface ListLook {
  /** Ordered by group. */
  lines: readonly Suggestion[];
  active: number;
  query: string;
  waiting: boolean;
  /** Said in place of lines, or over them. */
  note: string;
  /** Title of the menu these lines belong to, when another was left for it. */
  menu: string | undefined;
  label: string;
  strings: Strings;
  icon(name: string): TemplateResult;
  hover(index: number): void;
  back(): void;
}

export function optionId(index: number): string {
  return `suggestion-${index}`;
}

/** Parts: suggestions, suggestion. The focus stays in the text: a press here must not take it. */
export function suggestionList(look: ListLook): TemplateResult {
  const { lines, note, waiting, menu } = look;
  const keep = (event: Event) => event.preventDefault();
  return html`<div
    class=${waiting && lines.length === 0 ? 'suggestions waiting' : 'suggestions'}
    part="suggestions"
    @mousedown=${keep}
  >
    ${menu === undefined ? nothing : backButton(look, menu)}
    ${note ? html`<p class="suggestions-note">${note}</p>` : nothing}
    <div
      class="suggestion-lines"
      id="suggestions"
      role="listbox"
      tabindex="0"
      aria-label=${menu ?? look.label}
      aria-busy=${waiting}
      ?hidden=${lines.length === 0}
    >
      ${groups(lines).map(([name, first, members]) => group(name, first, members, look))}
    </div>
  </div>`;
}

function backButton({ strings, icon, back }: ListLook, menu: string): TemplateResult {
  return html`<button
    type="button"
    class="suggestions-back"
    tabindex="-1"
    aria-label=${strings.backFrom(menu)}
    @click=${back}
  >
    ${icon('chevron-right')}<span>${menu}</span>
  </button>`;
}

type Group = [name: string | undefined, first: number, members: Suggestion[]];

function groups(lines: readonly Suggestion[]): Group[] {
  const all: Group[] = [];
  for (const [index, line] of lines.entries()) {
    const last = all.at(-1);
    if (last && last[0] === line.group) last[2].push(line);
    else all.push([line.group, index, [line]]);
  }
  return all;
}

function group(name: string | undefined, first: number, members: Suggestion[], look: ListLook) {
  const options = members.map((line, index) => option(line, first + index, look));
  if (!name) return options;
  return html`<div role="group" aria-labelledby=${`suggestions-of-${first}`}>
    <div class="suggestion-group" id=${`suggestions-of-${first}`} role="presentation">${name}</div>
    ${options}
  </div>`;
}

function option(line: Suggestion, index: number, look: ListLook): TemplateResult {
  const { icon } = look;
  const { label, description, selected } = line;
  return html`<div
    class="suggestion"
    part="suggestion"
    role="option"
    id=${optionId(index)}
    aria-selected=${index === look.active}
    aria-checked=${selected ?? nothing}
    @pointermove=${() => look.hover(index)}
    @click=${() => line.pick()}
  >
    ${line.icon ? icon(line.icon) : nothing}
    <span class="suggestion-words">
      <span class="suggestion-label">${marked(label, look.query)}</span>
      ${description ? html`<span class="suggestion-description">${description}</span>` : nothing}
    </span>
    ${selected ? icon('check') : nothing}
  </div>`;
}

/** The part of a label that was typed stands out. */
function marked(label: string, query: string) {
  const at = label.toLowerCase().indexOf(query.toLowerCase());
  if (!query || at < 0) return label;
  const end = at + query.length;
  return html`${label.slice(0, at)}<b>${label.slice(at, end)}</b>${label.slice(end)}`;
}
