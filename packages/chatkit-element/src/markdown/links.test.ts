import { describe, expect, it } from 'vitest';
import { readDeeplink, safeHref, safeImage } from './links';

describe('[row 82] an address that may be followed', () => {
  it.each([
    'https://example.com/a?b=1#c',
    'http://example.com/',
    'mailto:a@example.com',
    'tel:+33123456789',
  ])('%s', (href) => {
    expect(safeHref(href)).toBe(href);
  });

  it.each([
    'javascript:alert(1)',
    ' javascript:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    'blob:https://example.com/1',
    'file:///etc/passwd',
    'ftp://example.com/',
    'intent://x',
    '/relative',
    '//example.com',
    '#top',
    'https://your-bank.example@evil.example/',
    'https://user:secret@example.com/',
    'https://',
    '',
  ])('is not: %j', (href) => {
    expect(safeHref(href)).toBeNull();
  });
});

describe('[row 82] an image', () => {
  const own = `${location.origin}/chart.png`;
  const foreign = 'https://img.example/x.png';

  it('of the page is shown unless the list is empty', () => {
    expect([safeImage(own, null), safeImage('/chart.png', null)]).toEqual([own, own]);
    expect(safeImage(own, ['img.example'])).toBe(own);
    expect(safeImage(own, [])).toBeNull();
  });

  it('of another host is shown only when the list has its domain', () => {
    expect(safeImage(foreign, null)).toBeNull();
    expect(safeImage(foreign, [])).toBeNull();
    expect(safeImage(foreign, ['other.example'])).toBeNull();
    expect(safeImage(foreign, ['other.example', 'IMG.example'])).toBe(foreign);
  });

  it.each([
    ['img.example', 'https://cdn.img.example/x', true],
    ['img.example', 'https://evilimg.example/x', false],
    ['img.example', 'https://img.example.evil/x', false],
    ['img.example', 'http://img.example/x', false],
    ['img.example', 'https://img.example:8443/x', true],
    ['img.example', 'https://img.example@evil.example/x', false],
    ['img.example', '//img.example/x', false],
    ['img.example:8443', 'https://img.example:8443/x', true],
    ['img.example:8443', 'https://img.example/x', false],
    ['*.img.example', 'https://cdn.img.example/x', true],
    ['*.img.example', 'https://img.example/x', false],
    ['*', 'https://any.example/x', true],
    ['*', 'http://any.example/x', false],
    ['', 'https://any.example/x', false],
    ['.', 'https://any.example/x', false],
    ['*.', 'https://any.example/x', false],
  ])('%s covers %s: %s', (domain, src, shown) => {
    expect(safeImage(src, [domain]) !== null).toBe(shown);
  });

  it('in the text itself is shown when it is a bitmap', () => {
    expect(safeImage('data:image/png;base64,AA==', [])).toBe('data:image/png;base64,AA==');
    for (const src of ['data:image/svg+xml,<svg/>', 'data:text/html,x', 'javascript:alert(1)'])
      expect(safeImage(src, ['*'])).toBeNull();
  });
});

describe('[row 83] a deeplink', () => {
  it.each([
    ['chatkit-link://source?source_id=7', { name: 'source', data: { source_id: '7' } }],
    ['chatkit-link://open/budget?x=1&y=a%20b', { name: 'open/budget', data: { x: '1', y: 'a b' } }],
    ['chatkit-link:close', { name: 'close', data: {} }],
    ['CHATKIT-LINK://a', { name: 'a', data: {} }],
    ['chatkit-link://a?__proto__=1', { name: 'a', data: { ['__proto__']: '1' } }],
  ])('%s', (href, expected) => {
    expect(readDeeplink(href)).toEqual(expected);
  });

  it('is nothing else', () => {
    expect(readDeeplink('chatkit-links://a')).toBeNull();
    expect(readDeeplink('https://chatkit-link/')).toBeNull();
  });
});
