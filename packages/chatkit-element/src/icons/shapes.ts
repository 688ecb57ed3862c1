/** What several drawings have in common. */
export const circle = (x: number, y: number, r: number) =>
  `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`;
export const dot = (x: number, y: number) => `M${x} ${y}h.01`;
export const RING = circle(12, 12, 9);
export const PAGE = 'M7 3h7l5 5v11a2 2 0 0 1-2 2H7a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2z';
export const PENCIL = 'M4 20l1-4L16.5 4.5a1.8 1.8 0 0 1 2.6 0l.4.4a1.8 1.8 0 0 1 0 2.6L8 19z';
export const COMPOSE =
  'M12 4H6a2 2 0 0 0-2 2v12a2 2 0 0 0 2 2h12a2 2 0 0 0 2-2v-6M9 15l.6-3L18 3.6a1.4 1.4 0 0 1 2 0l.4.4a1.4 1.4 0 0 1 0 2L12 14.4z';
