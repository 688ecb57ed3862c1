import { describe, expect, it } from 'vitest';
import { acceptAttribute, acceptedKinds, isAccepted, sizeLimit, sortOut } from './upload-rules';

const MB = 1024 * 1024;
const file = (name: string, type = 'text/plain', size = 10) => ({ name, type, size });
const names = (files: Array<{ name: string }>) => files.map(({ name }) => name);

describe('[row 63] the size of a file', () => {
  it('has one limit for all, 100 MB unless the page says otherwise', () => {
    expect(sizeLimit('image/png', undefined)).toBe(100 * MB);
    expect(sizeLimit('image/png', 5)).toBe(5);
  });

  it.each([
    ['image/png', 1],
    ['image/jpeg', 2],
    ['IMAGE/PNG', 1],
    ['image/png; q=1', 1],
    ['video/mp4', 3],
    ['', 3],
  ])('of type %s is limited by the most exact entry', (type, limit) => {
    expect(sizeLimit(type, { '*': 3, 'image/*': 2, 'image/png': 1 })).toBe(limit);
  });

  it.each([
    [{ '': 7 }, 7],
    [{ '*/*': 8 }, 8],
    [{ 'audio/*': 9 }, 100 * MB],
  ])('no entry fits: %o', (maxSize, limit) => {
    expect(sizeLimit('image/png', maxSize)).toBe(limit);
  });

  it('may be the limit, and not one byte more', () => {
    const rules = { enabled: true, maxSize: 10 };
    expect(sortOut([file('a', '', 10)], rules, 0).refused).toEqual([]);
    expect(sortOut([file('a', '', 11), file('b', '', 12)], rules, 0)).toEqual({
      taken: [],
      refused: [{ reason: 'size', names: ['a', 'b'], limit: 10 }],
    });
  });

  it('is not nothing', () => {
    expect(sortOut([file('a', '', 0)], { enabled: true }, 0).refused).toEqual([
      { reason: 'empty', names: ['a'] },
    ]);
  });
});

describe('[row 62] what is accepted', () => {
  const accept = { 'image/*': [], 'application/pdf': ['.pdf'], 'text/x-log': ['LOG'] };

  it.each([
    ['a.png', 'image/png', true],
    ['a.PDF', '', true],
    ['a', 'application/pdf', true],
    ['a.log', '', true],
    ['a.exe', 'application/x-msdownload', false],
    ['pdf', '', false],
    ['a.png', '', false],
    ['image', 'imagex/png', false],
  ])('%s of type %s: %s', (name, type, accepted) => {
    expect(isAccepted({ name, type, size: 1 }, accept)).toBe(accepted);
  });

  it('is everything where nothing is said', () => {
    expect(isAccepted(file('a.exe', ''), undefined)).toBe(true);
    expect(isAccepted(file('a.exe', ''), {})).toBe(true);
    expect(isAccepted(file('a.exe', ''), { '*/*': [] })).toBe(true);
    expect(acceptAttribute(undefined)).toBe('');
    expect(acceptAttribute({ '*/*': ['.png'] })).toBe('');
  });

  it('is told to the file dialog and to people', () => {
    expect(acceptAttribute(accept)).toBe('image/*,application/pdf,.pdf,text/x-log,.log');
    expect(acceptedKinds(accept)).toEqual(['image/*', '.pdf', '.log']);
  });
});

describe('[row 62] the number of files', () => {
  it('counts what is there already; the first ones are taken', () => {
    const { taken, refused } = sortOut(
      [file('a'), file('b'), file('c'), file('d')],
      { enabled: true, maxCount: 3 },
      1,
    );
    expect(names(taken)).toEqual(['a', 'b']);
    expect(refused).toEqual([{ reason: 'count', names: ['c', 'd'], limit: 3 }]);
  });

  it('is ten unless the page says otherwise, and a refused file takes no place', () => {
    const files = [
      file('big', '', 200 * MB),
      ...Array.from({ length: 11 }, (_, n) => file(`${n}`)),
    ];
    const { taken, refused } = sortOut(files, { enabled: true }, 0);
    expect(taken).toHaveLength(10);
    expect(refused).toEqual([
      { reason: 'size', names: ['big'], limit: 100 * MB },
      { reason: 'count', names: ['10'], limit: 10 },
    ]);
  });
});
