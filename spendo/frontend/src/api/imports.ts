import {
  type Decoder,
  type ExactAmount,
  exactAmount,
  flag,
  integer,
  list,
  nullable,
  optional,
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

/** Which column of a table means what. What is not said is not in the table, or open. */
export type Reading = {
  date?: string | undefined;
  amount?: string | undefined;
  debit?: string | undefined;
  credit?: string | undefined;
  /** Several make one path. */
  category?: string[] | undefined;
  currency?: string | undefined;
  account?: string | undefined;
  description?: string[] | undefined;
  money_out_is_positive?: boolean | undefined;
  date_order?: string | undefined;
  decimal_mark?: string | undefined;
  /** What the page has no words for is kept as it is. */
  rest: Record<string, unknown>;
};

/** A table whose columns were explained once. */
export type KnownHeader = {
  id: number;
  columns: string[];
  account: string;
  several_accounts: boolean;
};

export type Preview = {
  format: string;
  profile: string;
  columns: string[];
  /** How a table is read; other formats say it themselves. */
  reading: Reading | null;
  /** The header that was explained before, when the file has it. */
  remembered: number | null;
  counts: Record<string, number>;
  accounts: TargetAccount[];
  new_categories: string[];
  rows: JudgedRow[];
  truncated: boolean;
};

/** What has to be said before the file can be read. */
export type Needs = {
  code: string;
  message: string;
  choices: string[];
  /** What stands in the file at each of the choices. */
  samples: string[];
  /** The account of the file that it is about, where the file names several. */
  account: string;
};

export type Draft = {
  id: string;
  file_name: string;
  choices: Record<string, unknown>;
  preview: Preview | null;
  needs: Needs | null;
};

export type ImportResult = {
  /** None when nothing was left to add. */
  id: number | null;
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
  const { choices = [], samples = [], account = '', ...rest } = anything(value, path);
  return {
    ...record<Pick<Needs, 'code' | 'message'>>({ code: text, message: text })(rest, path),
    choices: list(text)(choices, `${path}.choices`),
    samples: list(text)(samples, `${path}.samples`),
    account: text(account, `${path}.account`),
  };
};

const known = record<Omit<Reading, 'rest'>>({
  date: optional(text),
  amount: optional(text),
  debit: optional(text),
  credit: optional(text),
  category: optional(list(text)),
  currency: optional(text),
  account: optional(text),
  description: optional(list(text)),
  money_out_is_positive: optional(flag),
  date_order: optional(text),
  decimal_mark: optional(text),
});
const reading: Decoder<Reading> = (value, path) => {
  const said = known(value, path);
  const rest = Object.entries(anything(value, path)).filter(([name]) => !(name in said));
  return { ...said, rest: Object.fromEntries(rest) };
};

const preview = record<Preview>({
  format: text,
  profile: text,
  columns: list(text),
  reading: nullable(reading),
  remembered: nullable(integer),
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
  id: nullable(integer),
  added: integer,
  known: integer,
  settled: integer,
  likely_duplicates: integer,
  refused: integer,
  transfers: integer,
});

const headers = record<{ data: KnownHeader[] }>({
  data: list(
    record<KnownHeader>({
      id: integer,
      columns: list(text),
      account: text,
      several_accounts: flag,
    }),
  ),
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

/** The tables whose columns were explained, the last used first. */
export async function fetchHeaders(signal?: AbortSignal): Promise<KnownHeader[]> {
  return (await request('GET', '/imports/headers/', headers, signal ? { signal } : {})).data;
}

export function forgetHeader(id: number): Promise<object> {
  return request('DELETE', `/imports/headers/${id}/`, record<object>({}));
}
