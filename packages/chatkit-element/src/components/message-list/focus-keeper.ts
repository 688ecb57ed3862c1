/**
 * What has the focus may be taken back, replaced or dismissed while it has it. Then the turn it was
 * in gets it, so that Tab goes on from there and not from the top of the page.
 */
export class FocusKeeper {
  #turn: HTMLElement | null = null;

  /** Call before the list is drawn anew. */
  measure(shadow: ParentNode): void {
    this.#turn = focusedIn(shadow)?.closest<HTMLElement>('.turn') ?? null;
  }

  /** Call after it was drawn. */
  settle(shadow: ParentNode): void {
    if (!this.#turn || focusedIn(shadow)) return;
    const place = this.#turn.isConnected ? this.#turn : shadow.querySelector<HTMLElement>('.list');
    if (!place) return;
    if (place === this.#turn) place.tabIndex = -1;
    place.focus({ preventScroll: true });
  }
}

function focusedIn(shadow: ParentNode): Element | null {
  return (shadow as ShadowRoot).activeElement ?? null;
}
