const OUTWARD = new Set(['http:', 'https:', 'mailto:']);
const DEEPLINK = 'chatkit-link:';

/** The address to put on a link, or null when it is not of a kind that may be followed. */
export function safeHref(href: string): string | null {
  const url = parseUrl(href);
  return url && OUTWARD.has(url.protocol) ? url.href : null;
}

export interface Deeplink {
  name: string;
  data: Record<string, string>;
}

/** `chatkit-link://source?id=3` is a call into the page: name "source", data {id: "3"}. */
export function readDeeplink(href: string): Deeplink | null {
  const url = parseUrl(href);
  if (url?.protocol !== DEEPLINK) return null;
  const name = decode(`${url.host}${url.pathname}`.replace(/^\/+|\/+$/g, ''));
  return { name, data: Object.fromEntries(url.searchParams) };
}

/**
 * The address of an image that may be loaded: the page's own, inline bitmap data, or of a host the
 * thread allows. Everything else would tell a foreign host who reads what.
 */
export function safeImage(src: string, allowedHosts: readonly string[]): string | null {
  if (/^data:image\/(?:png|jpeg|gif|webp|avif);/i.test(src)) return src;
  const url = parseUrl(src);
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:')) return null;
  const own = typeof location !== 'undefined' && url.origin === location.origin;
  return own || allowedHosts.some((host) => covers(host, url.hostname)) ? url.href : null;
}

function covers(allowed: string, host: string): boolean {
  const bare = allowed.toLowerCase().replace(/^\*\./, '');
  return bare !== '' && (host === bare || host.endsWith(`.${bare}`));
}

function parseUrl(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
