import type { PlainDate } from '../../api/decode';

/** Names of the address's parameters that say which transactions are meant. */
export const FILTERS = [
  'from',
  'to',
  'category',
  'exact',
  'merchant',
  'account',
  'tag',
  'text',
  'direction',
  'min',
  'max',
  'pending',
  'transfers',
  'counted',
  'id',
] as const;

export type FilterName = (typeof FILTERS)[number];

/** The part of an address that names rows, in one order whatever order it was written in. */
export function filterOf(address: URLSearchParams): URLSearchParams {
  const filter = new URLSearchParams();
  for (const name of [...FILTERS, 'sort']) {
    const value = address.get(name);
    if (value) filter.set(name, value);
  }
  return filter;
}

/** The same filter with one value changed; an empty one is left out. */
export function withFilter(
  filter: URLSearchParams,
  name: FilterName | 'sort',
  value: string | null,
): URLSearchParams {
  const next = new URLSearchParams(filter);
  if (value) next.set(name, value);
  else next.delete(name);
  return filterOf(next);
}

export function isFiltered(filter: URLSearchParams): boolean {
  return FILTERS.some((name) => filter.has(name));
}

/** Values with commas between them; a backslash takes the meaning from what follows it. */
export function splitValues(text: string): string[] {
  return [...text.matchAll(/((?:\\.|[^\\,])+)(?:,|$)/gs)].map((match) =>
    (match[1] ?? '').replace(/\\(.)/gs, '$1'),
  );
}

export function joinValues(values: readonly string[]): string {
  return values.map((value) => value.replace(/[\\,]/g, '\\$&')).join(',');
}

/** An address says the day after the last one; people say the last one. */
export function lastDay(to: string | null): PlainDate | null {
  return to ? moved(to, -1) : null;
}

export function dayAfter(last: string): PlainDate | null {
  return last ? moved(last, 1) : null;
}

function moved(day: string, days: number): PlainDate | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return null;
  const at = new Date(`${day}T12:00:00Z`);
  if (Number.isNaN(at.getTime())) return null;
  at.setUTCDate(at.getUTCDate() + days);
  return at.toISOString().slice(0, 10) as PlainDate;
}
