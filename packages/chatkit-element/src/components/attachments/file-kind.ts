/** What a file is, in the few letters people know it by: `PDF`, `CSV`. Empty when nobody can say. */
export function kindOf(name: string, type: string): string {
  const extension = /\.([a-z0-9]{1,5})$/i.exec(name)?.[1];
  const subtype = /^[a-z]+\/(?:x-)?([a-z0-9]{1,5})$/.exec(type)?.[1];
  return (extension ?? subtype ?? '').toUpperCase();
}

const ICONS: Array<[RegExp, string]> = [
  [/^image\//, 'square-image'],
  [/^(?:audio|video)\//, 'play'],
  [/csv|spreadsheet|excel|tab-separated/, 'analytics'],
  [/json|xml|javascript|html|css|x-python|x-sh/, 'square-code'],
  [/^application\/(?:pdf|msword|rtf)|document|presentation/, 'document'],
  [/^text\//, 'square-text'],
];

export function iconOf(type: string): string {
  return ICONS.find(([pattern]) => pattern.test(type))?.[1] ?? 'page-blank';
}

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'];

/** `2.4 MB`, counted as limits are set: a megabyte has 1024 × 1024 bytes. */
export function sizeOf(bytes: number, locale: string): string {
  const power = Math.min(Math.floor(Math.log2(Math.max(bytes, 1)) / 10), UNITS.length - 1);
  const number = bytes / 1024 ** power;
  const format = new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: UNITS[power],
    unitDisplay: power === 0 ? 'long' : 'short',
    maximumFractionDigits: number < 10 && power > 0 ? 1 : 0,
  });
  return format.format(number);
}
