import { COMPOSE, dot, PAGE, PENCIL, RING } from './shapes';

/**
 * The drawings the chat itself needs at once; those that only a page or a server can name are in
 * more-paths.ts. Outlines on a 24-unit grid, drawn with a line of 1.75. A leading "!" fills the
 * shape instead. Drawn for this package; names as in `HeaderIcon` and `ChatKitIcon`, and our own.
 */
export const PATHS: Record<string, string> = {
  history: 'M4 4.5V9h4.5M4.6 9A8.5 8.5 0 1 1 3.5 13M12 8v4.5l3 2',
  compose: COMPOSE,
  close: 'M6 6l12 12M18 6L6 18',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  'chevron-right': 'M9.5 6l6 6-6 6',
  document: `${PAGE}M14 3v5h5M8.5 13h7M8.5 16.5h5`,
  'empty-circle': RING,
  globe: `${RING}M3 12h18M12 3c2.5 2.5 3.5 5.5 3.5 9s-1 6.5-3.5 9c-2.5-2.5-3.5-5.5-3.5-9s1-6.5 3.5-9z`,
  info: `${RING}M12 11v5.5${dot(12, 7.8)}`,
  plus: 'M12 5v14M5 12h14',
  reload: 'M20 4.5V9h-4.5M19.4 9A8 8 0 1 0 20 13.5',
  write: PENCIL,
  copy: 'M9 8h9a1.5 1.5 0 0 1 1.5 1.5v9a1.5 1.5 0 0 1-1.5 1.5H9a1.5 1.5 0 0 1-1.5-1.5v-9A1.5 1.5 0 0 1 9 8zM4.5 15.5v-10A1.5 1.5 0 0 1 6 4h9.5',
  'chevron-down': 'M6 9.5l6 6 6-6',
  paperclip:
    'M19.5 11l-8 8a4.6 4.6 0 0 1-6.5-6.5l8.3-8.3a3 3 0 0 1 4.3 4.3l-8.2 8.2a1.5 1.5 0 0 1-2.1-2.1L14.5 7.4',
  'arrow-up': 'M12 19V5.5M6 11l6-6 6 6',
  'arrow-down': 'M12 5v13.5M6 13l6 6 6-6',
  stop: '!M7.5 6h9A1.5 1.5 0 0 1 18 7.5v9a1.5 1.5 0 0 1-1.5 1.5h-9A1.5 1.5 0 0 1 6 16.5v-9A1.5 1.5 0 0 1 7.5 6z',
  trash: 'M5 7h14M10 7V4.5h4V7M7 7l.8 12a1 1 0 0 0 1 1h6.4a1 1 0 0 0 1-1L17 7M10.5 11v5M13.5 11v5',
  warning: `M12 4.5l9 15.5H3zM12 10.5v4${dot(12, 17)}`,
  lock: 'M7 11h10a1 1 0 0 1 1 1v7a1 1 0 0 1-1 1H7a1 1 0 0 1-1-1v-7a1 1 0 0 1 1-1zM8.5 11V8a3.5 3.5 0 0 1 7 0v3',
  quote: 'M9 7v6a4 4 0 0 1-3.5 4M5 7h4v5H5zM19 7v6a4 4 0 0 1-3.5 4M15 7h4v5h-4z',
};
