/** The nonce of this page's CSP, from the tag that the build leaves in index.html. */
export function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
}
