import { COMPOSE, circle, dot, PAGE, PENCIL, RING } from './shapes';

const FRAME = 'M6 4h12a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2z';
const FLOAT = 'M5 5h14a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2z';
const STAR = 'M12 3.5l2.6 5.4 5.9.8-4.3 4.1 1 5.9-5.2-2.8-5.2 2.8 1-5.9L3.5 9.7l5.9-.8z';
const BOOK_CLOSED = 'M6 3h13v15H6.5a2.5 2.5 0 0 0 0 3H19V18M6 3a2 2 0 0 0-2 2v14.5';
const CLOCK = `${RING}M12 7v5l3.5 2`;
const SQUARE = FRAME;

/** The other drawings, by the names of `HeaderIcon` and `ChatKitIcon`; see paths.ts. */
export const MORE_PATHS: Record<string, string> = {
  // Header
  'sidebar-left': `${FRAME}M9.5 4v16`,
  'sidebar-right': `${FRAME}M14.5 4v16`,
  'sidebar-open-left': `${FRAME}M9.5 4v16M13 9.5l2.5 2.5-2.5 2.5`,
  'sidebar-open-right': `${FRAME}M14.5 4v16M11 9.5L8.5 12l2.5 2.5`,
  'sidebar-open-left-alt': `${FRAME}M9.5 4v16M6.5 8h.5M6.5 11h.5M13 12h4M15 10l2 2-2 2`,
  'sidebar-open-right-alt': `${FRAME}M14.5 4v16M17 8h.5M17 11h.5M11 12H7M9 10l-2 2 2 2`,
  'sidebar-floating-left': `${FLOAT}M7 9v6`,
  'sidebar-floating-right': `${FLOAT}M17 9v6`,
  'sidebar-floating-open-left': `${FLOAT}M6.5 8.5h4v7h-4z`,
  'sidebar-floating-open-right': `${FLOAT}M13.5 8.5h4v7h-4z`,
  'sidebar-collapse-left': `${FRAME}M9.5 4v16M16 9.5L13.5 12l2.5 2.5`,
  'sidebar-collapse-right': `${FRAME}M14.5 4v16M8 9.5l2.5 2.5L8 14.5`,
  'collapse-left': 'M4 4v16M20 12H8M12.5 7.5L8 12l4.5 4.5',
  'collapse-right': 'M20 4v16M4 12h12M11.5 7.5L16 12l-4.5 4.5',
  'open-left': 'M20 4v16M16 12H4M8.5 7.5L4 12l4.5 4.5',
  'open-right': 'M4 4v16M8 12h12M15.5 7.5L20 12l-4.5 4.5',
  'double-chevron-left': 'M12 6l-6 6 6 6M18 6l-6 6 6 6',
  'double-chevron-right': 'M12 6l6 6-6 6M6 6l6 6-6 6',
  home: 'M4 11l8-7 8 7v8a1 1 0 0 1-1 1h-4.5v-6h-5v6H5a1 1 0 0 1-1-1z',
  'home-alt': 'M3 12l9-8 9 8M6 9.5V20h12V9.5',
  'back-small': 'M14 7l-5 5 5 5',
  'back-large': 'M20 12H4M10.5 5.5L4 12l6.5 6.5',
  'expand-large': 'M14 4h6v6M20 4l-7 7M10 20H4v-6M4 20l7-7',
  'collapse-large': 'M20 10h-6V4M14 10l6-6M4 14h6v6M10 14l-6 6',
  'expand-small': 'M13.5 6H18v4.5M10.5 18H6v-4.5M18 6l-5 5M6 18l5-5',
  'collapse-small': 'M17.5 11H13V6.5M6.5 13H11v4.5M13 11l5-5M11 13l-5 5',
  star: STAR,
  'star-filled': `!${STAR}`,
  bug: 'M8 9.5a4 4 0 0 1 8 0v5a4 4 0 0 1-8 0zM8.5 7.5L6 5M15.5 7.5L18 5M8 12H4M20 12h-4M8.5 15.5L5.5 19M15.5 15.5l3 3.5M12 10v8',
  'chat-temporary':
    'M8 4.8l1.5-.5M13 4.1h1.5M18 5.8l1.2 1.2M20.8 11v1.5M19.2 16.5L18 17.6M14.5 19.2H13M4.2 8.5l.9-1.5M3.3 13v-1.5M4.8 16.5L3.5 20.5l4-1.3 1.5.4',
  'settings-cog': `${circle(12, 12, 3)}M12 3v2.5M12 18.5V21M3 12h2.5M18.5 12H21M5.6 5.6l1.8 1.8M16.6 16.6l1.8 1.8M5.6 18.4l1.8-1.8M16.6 7.4l1.8-1.8${circle(12, 12, 6.5)}`,
  grid: 'M4 4h6.5v6.5H4zM13.5 4H20v6.5h-6.5zM4 13.5h6.5V20H4zM13.5 13.5H20V20h-6.5z',
  'dots-horizontal': `${circle(6, 12, 0.75)}${circle(12, 12, 0.75)}${circle(18, 12, 0.75)}`,
  'dots-vertical': `${circle(12, 6, 0.75)}${circle(12, 12, 0.75)}${circle(12, 18, 0.75)}`,
  'dots-horizontal-circle': `${RING}${dot(8, 12)}${dot(12, 12)}${dot(16, 12)}`,
  'dots-vertical-circle': `${RING}${dot(12, 8)}${dot(12, 12)}${dot(12, 16)}`,
  menu: 'M4 8h16M4 16h10',
  'menu-inverted': 'M4 8h16M10 16h10',
  hamburger: 'M4 6.5h16M4 12h16M4 17.5h16',
  'book-open':
    'M12 6.5C10 5 7 4.5 3.5 4.5v13.5c3.5 0 6.5.5 8.5 2 2-1.5 5-2 8.5-2V4.5C17 4.5 14 5 12 6.5zM12 6.5V20',
  share: 'M12 15V4M8 7.5L12 3.5l4 4M5 12v6a2 2 0 0 0 2 2h10a2 2 0 0 0 2-2v-6',
  'light-mode': `${circle(12, 12, 4)}M12 3v1.5M12 19.5V21M3 12h1.5M19.5 12H21M5.6 5.6l1.1 1.1M17.3 17.3l1.1 1.1M5.6 18.4l1.1-1.1M17.3 6.7l1.1-1.1`,
  'dark-mode': 'M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5z',
  // Content
  agent: `${FRAME}M9 10v2M15 10v2M9 15.5h6`,
  analytics: 'M4 20h16M7 16v-5M12 16V6M17 16v-8',
  atom: `${circle(12, 12, 1)}M12 8c5 0 9 1.8 9 4s-4 4-9 4-9-1.8-9-4 4-4 9-4zM8.5 14C6 9.7 5.6 5.3 7.5 4.2S13 5.7 15.5 10s2.9 8.7 1 9.8S11 18.3 8.5 14z`,
  batch: 'M4 9h11v11H4zM8 9V4h12v11h-5',
  bolt: 'M13 3L5 13.5h6L10.5 21 19 10.5h-6z',
  'book-closed': BOOK_CLOSED,
  'book-clock': `${BOOK_CLOSED}M12 7v3.5l2 1.5`,
  calendar:
    'M6 5h12a2 2 0 0 1 2 2v11a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2zM4 10h16M8.5 3v4M15.5 3v4',
  chart: 'M4 4v16h16M8 15l3.5-4.5 3 2.5L19 7.5',
  'check-circle': `${RING}M8 12.5l2.8 2.8L16 9.5`,
  'check-circle-filled': `!M12 2.5a9.5 9.5 0 1 0 0 19 9.5 9.5 0 0 0 0-19zm4.9 7.4l-6 6a1 1 0 0 1-1.4 0l-2.6-2.6 1.4-1.4 1.9 1.9 5.3-5.3z`,
  'chevron-left': 'M14.5 6l-6 6 6 6',
  'circle-question': `${RING}M9.5 9.5a2.5 2.5 0 1 1 3.7 2.2c-.8.4-1.2 1-1.2 1.8${dot(12, 16.5)}`,
  clock: CLOCK,
  compass: `${RING}M15.5 8.5l-2 5-5 2 2-5z`,
  confetti:
    'M4 20l4.5-12 7.5 7.5zM14 8c1.5-.5 2.5-2 2-4M16 11c1.5-1.5 3-1.5 4.5-1M13 3.5h.01M20 5.5h.01M20.5 14.5h.01',
  cube: 'M12 3l8 4.5v9L12 21l-8-4.5v-9zM4 7.5l8 4.5 8-4.5M12 12v9',
  desktop: 'M4 5h16v11H4zM9 20h6M12 16v4',
  'external-link': 'M14 4h6v6M20 4l-9 9M18 14v4a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2V8a2 2 0 0 1 2-2h4',
  keys: `${circle(8, 15.5, 4)}M11 12.5L19 4.5M16 7.5l2.5 2.5`,
  lab: 'M9.5 3h5M10.5 3v6.5L5 19a1.5 1.5 0 0 0 1.3 2h11.4a1.5 1.5 0 0 0 1.3-2l-5.5-9.5V3M8 14.5h8',
  images: 'M8 4h12v12H8zM4 8v12h12M8 13l3.5-3.5 5 5',
  lifesaver: `${RING}${circle(12, 12, 3.5)}M5.6 5.6l3.9 3.9M14.5 14.5l3.9 3.9M5.6 18.4l3.9-3.9M14.5 9.5l3.9-3.9`,
  download: 'M12 4v11M7.5 11l4.5 4.5 4.5-4.5M5 20h14',
  lightbulb: 'M9 17.5h6M10 20.5h4M8.5 14.5a6 6 0 1 1 7 0c-.7.6-.5 1.5-.5 3h-6c0-1.5.2-2.4-.5-3z',
  mail: 'M5 5.5h14a1.5 1.5 0 0 1 1.5 1.5v10a1.5 1.5 0 0 1-1.5 1.5H5A1.5 1.5 0 0 1 3.5 17V7A1.5 1.5 0 0 1 5 5.5zM4 7l8 6 8-6',
  'map-pin': `M12 21c4.5-4.5 7-7.8 7-11a7 7 0 0 0-14 0c0 3.2 2.5 6.5 7 11z${circle(12, 10, 2.5)}`,
  maps: 'M4 6.5l5-2 6 2 5-2v13l-5 2-6-2-5 2zM9 4.5v13M15 6.5v13',
  mobile:
    'M8 3h8a1.5 1.5 0 0 1 1.5 1.5v15A1.5 1.5 0 0 1 16 21H8a1.5 1.5 0 0 1-1.5-1.5v-15A1.5 1.5 0 0 1 8 3zM11 18h2',
  name: 'M4 6.5h16v11H4zM7.5 14.5c.5-1.5 3.5-1.5 4 0M9.5 10.5h.01M14.5 10.5h3M14.5 13.5h3',
  notebook:
    'M7 3.5h11a1 1 0 0 1 1 1v15a1 1 0 0 1-1 1H7a1 1 0 0 1-1-1v-15a1 1 0 0 1 1-1zM4 8h4M4 12h4M4 16h4',
  'notebook-pencil':
    'M13 20.5H7a1 1 0 0 1-1-1v-15a1 1 0 0 1 1-1h11a1 1 0 0 1 1 1V9M4 8h4M4 12h4M4 16h4M14 18l.5-2.5 5-5 2 2-5 5z',
  'page-blank': `${PAGE}M14 3v5h5`,
  phone:
    'M6 3.5h3l1.5 4.5-2 1.5a12 12 0 0 0 6 6l1.5-2 4.5 1.5v3a2 2 0 0 1-2 2C11 20 4 13 4 5.5a2 2 0 0 1 2-2z',
  play: 'M7.5 4.5v15l12-7.5z',
  profile: `${circle(12, 8.5, 3.5)}M5 20c.8-3.7 3.5-5.5 7-5.5s6.2 1.8 7 5.5`,
  'profile-card': `M4 5.5h16v13H4z${circle(9, 10.5, 2)}M6.5 15.5c.8-1.5 4.2-1.5 5 0M14.5 10h3M14.5 13.5h3`,
  search: `${circle(10.5, 10.5, 6.5)}M15.5 15.5L20.5 20.5`,
  sparkle: 'M12 4l1.9 6.1L20 12l-6.1 1.9L12 20l-1.9-6.1L4 12l6.1-1.9z',
  'sparkle-double':
    'M10 6l1.5 4.5L16 12l-4.5 1.5L10 18l-1.5-4.5L4 12l4.5-1.5zM18 3.5l.8 2.2 2.2.8-2.2.8-.8 2.2-.8-2.2-2.2-.8 2.2-.8z',
  'square-code': `${SQUARE}M10 9l-3 3 3 3M14 9l3 3-3 3`,
  'square-image': `${SQUARE}M4 16l4.5-4.5 4 4 2.5-2.5 5 5${dot(15.5, 8.5)}`,
  'square-text': `${SQUARE}M8 9h8M8 12.5h8M8 16h5`,
  suitcase:
    'M5 8h14a1.5 1.5 0 0 1 1.5 1.5v9A1.5 1.5 0 0 1 19 20H5a1.5 1.5 0 0 1-1.5-1.5v-9A1.5 1.5 0 0 1 5 8zM9 8V5h6v3M3.5 13h17',
  'settings-slider': `M4 8h8M17 8h3M4 16h3M12 16h8${circle(14.5, 8, 2.5)}${circle(9.5, 16, 2.5)}`,
  user: `${circle(12, 8, 4)}M4.5 20.5c1-4 4-6 7.5-6s6.5 2 7.5 6`,
  wreath:
    'M8 20c-4-2-5.5-6-4.5-11M16 20c4-2 5.5-6 4.5-11M3.5 13c2 0 3-1 3-3M5 17c2-.5 2.5-2 2-4M20.5 13c-2 0-3-1-3-3M19 17c-2-.5-2.5-2-2-4M9.5 20.5h5',
  'write-alt': COMPOSE,
  'write-alt2': `${PENCIL}M13 20h7`,
};

/** Names of the Lucide set that we have a drawing for under another name. */
export const LUCIDE: Record<string, string> = {
  'arrow-left': 'back-large',
  'book-open-text': 'book-open',
  'chart-bar': 'analytics',
  'chart-column': 'analytics',
  'chart-line': 'chart',
  'chart-no-axes-column': 'analytics',
  'circle-check': 'check-circle',
  'circle-help': 'circle-question',
  ellipsis: 'dots-horizontal',
  'file-text': 'document',
  file: 'page-blank',
  image: 'square-image',
  'layout-grid': 'grid',
  menu: 'hamburger',
  moon: 'dark-mode',
  pencil: 'write',
  'refresh-cw': 'reload',
  settings: 'settings-cog',
  'square-pen': 'compose',
  sun: 'light-mode',
  'trash-2': 'trash',
  'trending-up': 'chart',
  wallet: 'suitcase',
  x: 'close',
  zap: 'bolt',
};
