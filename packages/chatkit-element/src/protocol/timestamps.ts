const OFFSET = /(?:z|[+-]\d{2}:?\d{2})$/i;

/** Reads an ISO time; one without an offset is UTC. Returns null when it is no time. */
export function readTimestamp(text: string): Date | null {
  const date = new Date(OFFSET.test(text) || !text.includes('T') ? text : `${text}Z`);
  return Number.isNaN(date.getTime()) ? null : date;
}
