/**
 * The colours, once. They become CSS variables (`--paper`, `--accent-soft`, …) in `theme.ts`, and
 * the chat reads them here. Nothing else in the app writes a colour; a test watches.
 */
export const tokens = {
  light: {
    paper: '#FAFAF7',
    surface: '#FFFFFF',
    ink: '#17211C',
    muted: '#5B6660',
    line: '#E3E6E1',
    control: '#7F8A84',
    hover: '#F1F3EF',
    accent: '#0E6B4F',
    accentStrong: '#0A543E',
    accentSoft: '#E4F1EB',
    onAccent: '#FFFFFF',
    danger: '#B3261E',
    dangerSoft: '#FBECEA',
    warning: '#8A5A00',
    info: '#1F5FA8',
    shadow: '#17211C1F',
  },
  dark: {
    paper: '#101512',
    surface: '#171E1A',
    ink: '#E9EFEA',
    muted: '#9AA69F',
    line: '#29322D',
    control: '#6B7871',
    hover: '#1F2823',
    accent: '#4CC38A',
    accentStrong: '#6BD3A1',
    accentSoft: '#15372B',
    onAccent: '#0B1A13',
    danger: '#F2857C',
    dangerSoft: '#37201E',
    warning: '#E0B04A',
    info: '#7FB2F0',
    shadow: '#00000080',
  },
} as const satisfies Record<'light' | 'dark', Record<string, string>>;

export type ColorToken = keyof (typeof tokens)['light'];
