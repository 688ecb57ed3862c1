import { html, type TemplateResult } from 'lit';
import type { Source } from '../../protocol/sources';
import type { AnswerKit } from './kit';
import type { SourceCard } from './source-card';
import { clickOf, sourceIcon } from './source-row';

/** A source and its number in the list under the answer. */
export interface Cited {
  number: number;
  source: Source;
}

/** A word joiner keeps the mark on the line of the word before it. */
const JOINER = '\u2060';

/** The sign in the text that what was just said has a source. Part: source-mark. */
export function sourceMark(cited: Cited[], card: SourceCard, kit: AnswerKit): TemplateResult {
  const numbers = spell(cited.map(({ number }) => number));
  const names = cited.map(({ source }) => source.title);
  const [only, ...others] = cited;
  const entity = only && others.length === 0 && only.source.type === 'entity' ? only.source : null;
  // What is heard begins with what is seen.
  const said = entity?.inline_label ? [entity.inline_label] : [];
  const click = (event: Event) => {
    const open = entity && clickOf(entity, kit);
    if (!open || card.isWayToPreview) return card.pin(event, cited);
    card.close();
    open();
  };
  return html`<span
      class="cite"
      @pointerenter=${(event: PointerEvent) => card.point(event, cited)}
      @pointerleave=${card.leave}
      @focusin=${(event: FocusEvent) => card.focus(event, cited)}
      @focusout=${card.blur}
      @keydown=${card.key}
      >${JOINER}<button
        type="button"
        class=${entity ? 'source-mark entity' : 'source-mark'}
        part="source-mark"
        dir="auto"
        aria-expanded="false"
        aria-label=${kit.strings.sourceMark(numbers, [...said, ...names].join(', '))}
        @pointerdown=${card.press}
        @click=${click}
        >${entity ? entityLabel(entity, kit) : numbers}</button
      ></span
    >`;
}

function entityLabel(source: Source, kit: AnswerKit) {
  if (source.inline_label)
    return source.icon ? html`${kit.icon(source.icon)}${source.inline_label}` : source.inline_label;
  return sourceIcon(source, kit);
}

/** 1, 2, 3, 5 as “1–3, 5”. */
function spell(numbers: number[]): string {
  const runs: Array<[number, number]> = [];
  for (const number of numbers.toSorted((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last && number === last[1] + 1) last[1] = number;
    else runs.push([number, number]);
  }
  const words = runs.map(([from, to]) =>
    to - from > 1 ? `${from}–${to}` : from === to ? `${from}` : `${from}, ${to}`,
  );
  return words.join(', ');
}
