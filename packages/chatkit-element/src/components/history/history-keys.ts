const STEPS: Record<string, (index: number, last: number) => number> = {
  ArrowDown: (index, last) => Math.min(index + 1, last),
  ArrowUp: (index) => Math.max(index - 1, 0),
  Home: () => 0,
  End: (_, last) => last,
};

/** From chat to chat by the arrow keys, Home and End; Tab reaches the buttons beside them. */
export function step(event: KeyboardEvent): void {
  const target = event.target as Element;
  const move = STEPS[event.key];
  const here = target.closest('.thread')?.querySelector('.thread-open');
  if (!move || !here) return;
  event.preventDefault();
  const all = (event.currentTarget as Element).querySelectorAll<HTMLElement>('.thread-open');
  const rows = [...all].filter((row) => !row.closest('[inert]'));
  rows[move(rows.indexOf(here as HTMLElement), rows.length - 1)]?.focus();
}
