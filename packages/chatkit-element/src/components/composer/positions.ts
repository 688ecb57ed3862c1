import type { Span } from './caret';
import type { DraftPart } from './draft';

/** The content between two positions; see `Span`. */
export function slice(
  content: readonly DraftPart[],
  start: number,
  end = Number.POSITIVE_INFINITY,
): DraftPart[] {
  let at = 0;
  return content.flatMap((part): DraftPart[] => {
    const from = start - at;
    const to = end - at;
    at += lengthOfPart(part);
    if (part.type === 'input_tag') return from <= 0 && to >= 1 ? [part] : [];
    const text = part.text.slice(Math.max(0, from), Math.max(0, to));
    return text ? [{ ...part, text }] : [];
  });
}

export function lengthOfContent(content: readonly DraftPart[]): number {
  return content.reduce((sum, part) => sum + lengthOfPart(part), 0);
}

function lengthOfPart(part: DraftPart): number {
  return part.type === 'input_tag' ? 1 : part.text.length;
}

export function splice(
  content: readonly DraftPart[],
  { start, end }: Span,
  put: readonly DraftPart[],
): DraftPart[] {
  const parts: DraftPart[] = [];
  for (const part of [...slice(content, 0, start), ...put, ...slice(content, end)]) {
    const last = parts.at(-1);
    if (part.type === 'input_text' && last?.type === 'input_text')
      parts[parts.length - 1] = { ...last, text: last.text + part.text };
    else parts.push(part);
  }
  return parts;
}
