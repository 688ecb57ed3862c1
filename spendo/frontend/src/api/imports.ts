import {
  type Decoder,
  type ExactAmount,
  exactAmount,
  flag,
  integer,
  list,
  nullable,
  type PlainDate,
  plainDate,
  record,
  text,
} from './decode';
import { request } from './request';

/** A file that was imported, and what became of its rows. */
export type ImportBatch = {
  id: number;
  created_at: string;
  file_name: string;
  status: string;
  added: number;
  known: number;
  settled: number;
  refused: number;
};

/** A file that waits to be looked at. */
export type WaitingFile = { id: string; created_at: string; file_name: string };

export type Verdict = 'new' | 'known' | 'settles' | 'likely_duplicate' | 'refused' | 'ignored';

export type JudgedRow = {
  line: number;
  verdict: string;
  reason: string;
  account: string;
  date: PlainDate | null;
  amount: ExactAmount | null;
  currency: string | null;
  description: string;
  merchant: string;
  category: string;
};

export type TargetAccount = { id: number | null; name: string; currency: string; rows: number };

export type Preview = {
  format: string;
  profile: string;
  counts: Record<string, number>;
  accounts: TargetAccount[];
  new_categories: string[];
  rows: JudgedRow[];
  truncated: boolean;
};

/** What has to be said before the file can be read. */
export type Needs = { code: string; message: string; choices: string[] };

export type Draft = {
  id: string;
  file_name: string;
  choices: Record<string, unknown>;
  preview: Preview | null;
  needs: Needs | null;
};

export type ImportResult = {
  id: number;
  added: number;
  known: number;
  settled: number;
  likely_duplicates: number;
  refused: number;
  transfers: number;
};

export type Imports = { data: ImportBatch[]; drafts: WaitingFile[] };

const anything: Decoder<Record<string, unknown>> = (value) =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
const counts: Decoder<Record<string, number>> = (value, path) =>
  Object.fromEntries(
    Object.entries(anything(value, path)).map(([name, count]) => [
      name,
      integer(count, `${path}.${name}`),
    ]),
  );
const needs: Decoder<Needs> = (value, path) => {
  const { choices = [], ...rest } = anything(value, path);
  const said = record<Omit<Needs, 'choices'>>({ code: text, message: text })(rest, path);
  return { ...said, choices: list(text)(choices, `${path}.choices`) };
};

const preview = record<Preview>({
  format: text,
  profile: text,
  counts,
  accounts: list(
    record<TargetAccount>({ id: nullable(integer), name: text, currency: text, rows: integer }),
  ),
  new_categories: list(text),
  rows: list(
    record<JudgedRow>({
      line: integer,
      verdict: text,
      reason: text,
      account: text,
      date: nullable(plainDate),
      amount: nullable(exactAmount),
      currency: nullable(text),
      description: text,
      merchant: text,
      category: text,
    }),
  ),
  truncated: flag,
});

const draft = record<Draft>({
  id: text,
  file_name: text,
  choices: anything,
  preview: nullable(preview),
  needs: nullable(needs),
});

const imports = record<Imports>({
  data: list(
    record<ImportBatch>({
      id: integer,
      created_at: text,
      file_name: text,
      status: text,
      added: integer,
      known: integer,
      settled: integer,
      refused: integer,
    }),
  ),
  drafts: list(record<WaitingFile>({ id: text, created_at: text, file_name: text })),
});

const result = record<ImportResult>({
  id: integer,
  added: integer,
  known: integer,
  settled: integer,
  likely_duplicates: integer,
  refused: integer,
  transfers: integer,
});

const deleted = record<{ deleted: number }>({ deleted: integer });

export function fetchImports(signal?: AbortSignal): Promise<Imports> {
  return request('GET', '/imports/?limit=20', imports, signal ? { signal } : {});
}

/** The file is kept for a day, and nothing is imported yet. */
export function uploadFile(file: File): Promise<Draft> {
  const form = new FormData();
  form.append('file', file);
  return request('POST', '/imports/', draft, { form });
}

export function fetchDraft(id: string, verdict: Verdict | null, signal?: AbortSignal) {
  const query = new URLSearchParams({ limit: '100' });
  if (verdict) query.set('verdict', verdict);
  return request('GET', `/imports/${id}/?${query}`, draft, signal ? { signal } : {});
}

/** Say more about the file: which account, which columns, which order of dates. */
export function chooseFor(id: string, choices: Record<string, unknown>): Promise<Draft> {
  return request('PATCH', `/imports/${id}/`, draft, { body: choices });
}

export function commitImport(id: string): Promise<ImportResult> {
  return request('POST', `/imports/${id}/commit/`, result);
}

/** A number takes an import back, a draft's id drops the file. */
export function removeImport(id: string | number): Promise<{ deleted: number }> {
  return request('DELETE', `/imports/${id}/`, deleted);
}
