import type { ChatKitOptions } from '@openai/chatkit';

export type UploadRules = NonNullable<NonNullable<ChatKitOptions['composer']>['attachments']>;

/** A file, as far as the rules look at it. */
export interface FileFacts {
  name: string;
  /** Media type; empty when the browser does not know. */
  type: string;
  /** Bytes. */
  size: number;
}

/** Why files were not taken, and the limit they exceed. */
export type Refusal =
  | { reason: 'type' | 'empty'; names: string[] }
  /** `limit` in bytes. */
  | { reason: 'size'; names: string[]; limit: number }
  | { reason: 'count'; names: string[]; limit: number };

const DEFAULT_MAX_SIZE = 100 * 1024 * 1024;
const DEFAULT_MAX_COUNT = 10;

/** Which files may be attached where `present` are already. Refusals of one kind are one. */
export function sortOut<F extends FileFacts>(
  files: readonly F[],
  rules: UploadRules,
  present: number,
): { taken: F[]; refused: Refusal[] } {
  const taken: F[] = [];
  const refused = new Map<string, Refusal>();
  const maxCount = rules.maxCount ?? DEFAULT_MAX_COUNT;
  for (const file of files) {
    const refusal = refuse(file, rules, maxCount - present - taken.length, maxCount);
    if (!refusal) {
      taken.push(file);
      continue;
    }
    const key = 'limit' in refusal ? `${refusal.reason} ${refusal.limit}` : refusal.reason;
    const same = refused.get(key);
    if (same) same.names.push(file.name);
    else refused.set(key, refusal);
  }
  return { taken, refused: [...refused.values()] };
}

function refuse(
  file: FileFacts,
  rules: UploadRules,
  room: number,
  maxCount: number,
): Refusal | null {
  const names = [file.name];
  if (!isAccepted(file, rules.accept)) return { reason: 'type', names };
  if (file.size === 0) return { reason: 'empty', names };
  const limit = sizeLimit(file.type, rules.maxSize);
  if (file.size > limit) return { reason: 'size', names, limit };
  if (room <= 0) return { reason: 'count', names, limit: maxCount };
  return null;
}

/** Bytes a file of that media type may have: its own entry, its family's, the fallback's. */
export function sizeLimit(type: string, maxSize: UploadRules['maxSize']): number {
  if (typeof maxSize === 'number') return maxSize;
  const limits = new Map(
    Object.entries(maxSize ?? {}).map(([pattern, limit]) => [pattern.toLowerCase(), limit]),
  );
  const plain = mediaType(type);
  const candidates = [plain, `${plain.split('/')[0]}/*`, '*/*', '*', ''];
  for (const pattern of candidates) {
    const limit = limits.get(pattern);
    if (limit !== undefined) return limit;
  }
  return DEFAULT_MAX_SIZE;
}

/** By media type or by extension, as the browser's own file dialog counts it. */
export function isAccepted({ name, type }: FileFacts, accept: UploadRules['accept']): boolean {
  if (!accept || Object.keys(accept).length === 0) return true;
  const plain = mediaType(type);
  const extension = /\.[^.]+$/.exec(name.toLowerCase())?.[0] ?? '';
  return Object.entries(accept).some(
    ([pattern, extensions]) =>
      fits(plain, pattern.toLowerCase()) || extensions.map(dotted).includes(extension),
  );
}

/** For the `accept` of a file field; empty for all files. */
export function acceptAttribute(accept: UploadRules['accept']): string {
  const entries = Object.entries(accept ?? {});
  if (entries.some(([pattern]) => pattern === '*/*' || pattern === '*')) return '';
  return entries.flatMap(([pattern, extensions]) => [pattern, ...extensions.map(dotted)]).join(',');
}

/** What is accepted, in few words: extensions where there are any, else the media types. */
export function acceptedKinds(accept: UploadRules['accept']): string[] {
  return Object.entries(accept ?? {}).flatMap(([pattern, extensions]) =>
    extensions.length > 0 ? extensions.map(dotted) : [pattern],
  );
}

/** Without parameters; what is unknown is bytes, which is what a server is told. */
export function mediaType(type: string): string {
  return type.split(';', 1)[0]?.trim().toLowerCase() || 'application/octet-stream';
}

function fits(type: string, pattern: string): boolean {
  if (pattern === '*/*' || pattern === '*') return true;
  return pattern.endsWith('/*') ? type.startsWith(pattern.slice(0, -1)) : type === pattern;
}

function dotted(extension: string): string {
  return `.${extension.replace(/^\./, '')}`.toLowerCase();
}
