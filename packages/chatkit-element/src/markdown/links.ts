const OUTWARD = new Set(['http:', 'https:', 'mailto:', 'tel:']);
const DEEPLINK = 'chatkit-link:';

/**
 * The address to put on a link, or null when it is not of a kind that may be followed: without a
 * base that is one that says where it leads by itself. A name before the host is there to make the
 * address look like another's.
 */
export function safeHref(href: string, base?: string): string | null {
  const url = parseUrl(href, base);
  return url && OUTWARD.has(url.protocol) && !url.username && !url.password ? url.href : null;
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

/** The domains whose images may be shown; null when the server names none. */
export type ImageDomains = readonly string[] | null;

/**
 * The address of an image that may be loaded, else null: each request for an image tells its host
 * who reads what. Inline bitmaps may always be shown, the page's own images unless the list is
 * empty, others over https from the domains of the list.
 */
export function safeImage(src: string, domains: ImageDomains): string | null {
  if (/^data:image\/(?:png|jpeg|gif|webp|avif)[;,]/i.test(src)) return src;
  if (domains?.length === 0) return null;
  const url = parseUrl(src, document.baseURI);
  if (!url || url.username || url.password) return null;
  const own = url.origin === location.origin && /^https?:$/.test(url.protocol);
  const allowed = url.protocol === 'https:' && domains?.some((domain) => covers(domain, url));
  return own || allowed ? url.href : null;
}

/** `example.com` and all below it, `*.example.com` for those below only, a port when one is named, `*` for every host. */
function covers(domain: string, { host, hostname }: URL): boolean {
  const allowed = domain.trim().toLowerCase();
  if (allowed === '*') return true;
  const bare = allowed.replace(/^\*\./, '');
  if (bare === '') return false;
  const asked = bare.includes(':') ? host : hostname;
  return asked.endsWith(`.${bare}`) || (asked === bare && bare === allowed);
}

function parseUrl(text: string, base?: string): URL | null {
  try {
    return new URL(text, base);
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
