/**
 * What comes in is checked once, here, and trusted afterwards. A decoder returns the typed value
 * or throws `UnexpectedShape` with the place that is wrong.
 */
export type Decoder<T> = (value: unknown, path: string) => T;

/** An exact decimal number as text, e.g. "-1234.50". Never turned into a JavaScript number. */
export type ExactAmount = `${number}`;

/** A calendar day without time or zone, e.g. "2026-11-20". */
export type PlainDate = `${number}-${number}-${number}`;

export class UnexpectedShape extends Error {
  constructor(path: string, wanted: string) {
    super(`${path || 'the answer'} is not ${wanted}`);
    this.name = 'UnexpectedShape';
  }
}

export const text: Decoder<string> = (value, path) => {
  if (typeof value !== 'string') throw new UnexpectedShape(path, 'text');
  return value;
};

export const flag: Decoder<boolean> = (value, path) => {
  if (typeof value !== 'boolean') throw new UnexpectedShape(path, 'true or false');
  return value;
};

export const integer: Decoder<number> = (value, path) => {
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) {
    throw new UnexpectedShape(path, 'a whole number');
  }
  return value;
};

export const exactAmount: Decoder<ExactAmount> = (value, path) => {
  if (!isExactAmount(value)) throw new UnexpectedShape(path, 'a decimal number as text');
  return value;
};

export const plainDate: Decoder<PlainDate> = (value, path) => {
  if (!isPlainDate(value)) throw new UnexpectedShape(path, 'a date');
  return value;
};

export function nullable<T>(inner: Decoder<T>): Decoder<T | null> {
  return (value, path) => (value === null ? null : inner(value, path));
}

/** For what an answer may leave out. */
export function optional<T>(inner: Decoder<T>): Decoder<T | undefined> {
  return (value, path) => (value === undefined ? undefined : inner(value, path));
}

export function list<T>(inner: Decoder<T>): Decoder<T[]> {
  return (value, path) => {
    if (!Array.isArray(value)) throw new UnexpectedShape(path, 'a list');
    return value.map((item, index) => inner(item, `${path}[${index}]`));
  };
}

export function record<T extends object>(
  shape: {
    [K in keyof T]: Decoder<T[K]>;
  },
): Decoder<T> {
  return (value, path) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw new UnexpectedShape(path, 'an object');
    }
    const source = value as Record<string, unknown>;
    const result: Partial<T> = {};
    for (const key of Object.keys(shape) as (keyof T & string)[]) {
      result[key] = shape[key](source[key], path ? `${path}.${key}` : key);
    }
    return result as T;
  };
}

function isExactAmount(value: unknown): value is ExactAmount {
  return typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value);
}

function isPlainDate(value: unknown): value is PlainDate {
  return typeof value === 'string' && /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/.test(value);
}
