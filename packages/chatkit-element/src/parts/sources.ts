import type { TemplateResult } from 'lit';
import type { OutputText } from '../protocol/items';
import type { Annotation, Source } from '../protocol/sources';
import type { AnswerKit } from './answers/kit';
import { type Mark, Marks } from './answers/marks';
import { SourceCard } from './answers/source-card';
import { sourceList } from './answers/source-list';
import { type Cited, sourceMark } from './answers/source-mark';
import { styles } from './answers/sources-styles';

/** What an answer's parts of text are marked with, and the list under it. */
export interface Citations {
  marks: Array<Marks | undefined>;
  list: TemplateResult;
}

interface Made {
  /** All that the citations were made of: as long as this is the same, so are they. */
  from: unknown[];
  citations: Citations;
}

/** Where answers come from. Parts: source-mark, source-card, sources, source. */
export class Sources {
  readonly styles = styles;
  readonly #kit: AnswerKit;
  readonly #card: SourceCard;
  readonly #made = new Map<string, Made>();

  constructor(kit: AnswerKit) {
    this.#kit = kit;
    this.#card = new SourceCard(kit);
  }

  cited(itemId: string, content: OutputText[]): Citations {
    const from = [this.#kit.strings, ...content.map(({ annotations }) => annotations)];
    const before = this.#made.get(itemId);
    if (before && isSame(before.from, from)) return before.citations;
    const citations = this.#cite(content);
    this.#made.set(itemId, { from, citations });
    return citations;
  }

  #cite(content: OutputText[]): Citations {
    const numbered = number(content.flatMap(({ annotations }) => inOrder(annotations)));
    const marks = content.map(({ annotations }) => {
      const groups = groupByIndex(annotations);
      return groups.size > 0 ? new Marks(this.#marks(groups, numbered)) : undefined;
    });
    return { marks, list: sourceList([...numbered.values()], this.#kit) };
  }

  #marks(groups: Map<number, Source[]>, numbered: Map<string, Cited>): Mark[] {
    return [...groups].map(([index, sources]) => {
      const cited = new Set(sources.map((source) => numbered.get(keyOf(source)) as Cited));
      const ordered = [...cited].sort((a, b) => a.number - b.number);
      return { index, draw: () => sourceMark(ordered, this.#card, this.#kit) };
    });
  }
}

/** Those in the text by their place, then those that are about all of it. */
function inOrder(annotations: Annotation[]): Source[] {
  const place = ({ index = Number.POSITIVE_INFINITY }: Annotation) => index;
  return annotations
    .toSorted((a, b) => (place(a) === place(b) ? 0 : place(a) - place(b)))
    .map(({ source }) => source);
}

function groupByIndex(annotations: Annotation[]): Map<number, Source[]> {
  const groups = new Map<number, Source[]>();
  for (const { index, source } of annotations) {
    if (index !== undefined) groups.set(index, [...(groups.get(index) ?? []), source]);
  }
  return groups;
}

/** The same source has one number, however often it is referred to. */
function number(sources: Source[]): Map<string, Cited> {
  const numbered = new Map<string, Cited>();
  for (const source of sources) {
    const key = keyOf(source);
    if (!numbered.has(key)) numbered.set(key, { number: numbered.size + 1, source });
  }
  return numbered;
}

function keyOf({ type, url, id, filename, title }: Source): string {
  return `${type} ${url ?? id ?? filename ?? title}`;
}

function isSame(before: unknown[], now: unknown[]): boolean {
  return before.length === now.length && before.every((each, index) => each === now[index]);
}
