import type { CSSResult } from 'lit';
import type { PartInfo } from 'lit/directive.js';
import { adoptStyles } from '../theme/adopt-styles';

/** Gives the element that `part` is drawn in the styles of what was fetched for it. */
export function adoptFor(part: PartInfo & { options?: { host?: object } }, css: CSSResult): void {
  const host = part.options?.host;
  if (host instanceof Element && host.shadowRoot) adoptStyles(host.shadowRoot, css);
}
