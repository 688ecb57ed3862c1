const DAY_ONLY = /^\d{4}-\d\d-\d\d$/;

/**
 * Reads an ISO time; one without an offset is of the reader's own time zone, for servers write their
 * local time so. Returns null when it is no time.
 */
export function readTimestamp(text: string): Date | null {
  const date = new Date(DAY_ONLY.test(text) ? `${text}T00:00` : text);
  return Number.isNaN(date.getTime()) ? null : date;
}

const days = new WeakMap<object, Date | null>();

/** The start of the reader's day on which it was made; the same object at every call. */
export function dayOf(item: { created_at: string }): Date | null {
  let day = days.get(item);
  if (day === undefined) {
    const made = readTimestamp(item.created_at);
    day = made && startOfDay(made);
    days.set(item, day);
  }
  return day;
}

export function startOfDay(date: Date): Date {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate());
}
