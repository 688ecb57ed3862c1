import type { CSSResult } from 'lit';

/** Gives the chat the styles of a part that has arrived; again is harmless. */
export function adoptStyles(root: ParentNode, sheet: CSSResult): void {
  const { styleSheet } = sheet;
  if (!styleSheet || !(root instanceof ShadowRoot)) return;
  if (!root.adoptedStyleSheets.includes(styleSheet)) root.adoptedStyleSheets.push(styleSheet);
}
