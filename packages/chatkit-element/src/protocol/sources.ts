import { isObject, type JsonObject, readNumber, readText } from './json';

/** Where something in an answer comes from. Which fields are there depends on its type. */
export interface Source extends Partial<Record<(typeof FIELDS)[number], string>> {
  type: 'url' | 'file' | 'entity';
  title: string;
  interactive: boolean;
  data: JsonObject;
}

export interface Annotation {
  source: Source;
  /** Position in the text of its part, in characters as the server counts them: code points. */
  index?: number;
}

const FIELDS = [
  'url',
  'filename',
  'id',
  'description',
  'timestamp',
  'group',
  'attribution',
  'icon',
  'label',
  'inline_label',
] as const;

export function readAnnotation(value: unknown): Annotation | null {
  if (!isObject(value)) return null;
  const source = readSource(value.source);
  return source && { source, index: readNumber(value.index) };
}

/** A source of a later version is shown as far as it is known; one without any name is not. */
export function readSource(value: unknown): Source | null {
  if (!isObject(value)) return null;
  const { type } = value;
  const title = [value.title, value.filename, value.url].map(readText).find(Boolean);
  if (!title) return null;
  const source: Source = {
    type: type === 'file' || type === 'entity' ? type : 'url',
    title,
    interactive: value.interactive === true,
    data: isObject(value.data) ? value.data : {},
  };
  for (const field of FIELDS) {
    const text = readText(value[field]);
    if (text) source[field] = text;
  }
  return source;
}
