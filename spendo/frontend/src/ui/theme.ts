import {
  type CSSVariablesResolver,
  createTheme,
  defaultVariantColorsResolver,
  type MantineColorsTuple,
  type VariantColorsResolver,
} from '@mantine/core';
import { tokens } from './tokens';

const soft = 'var(--accent-soft)';
const accent = 'var(--accent)';
const strong = 'var(--accent-strong)';

// Ten shades are Mantine's habit; ours follow the colour scheme by themselves.
const spruce: MantineColorsTuple = [
  soft,
  soft,
  soft,
  accent,
  accent,
  accent,
  accent,
  strong,
  strong,
  strong,
];

const variantColorResolver: VariantColorsResolver = (input) => {
  const colors = defaultVariantColorsResolver(input);
  if (input.variant === 'filled') {
    return { ...colors, background: accent, hover: strong, color: 'var(--on-accent)' };
  }
  if (input.variant === 'subtle') {
    return { ...colors, hover: 'var(--hover)', color: 'var(--ink)' };
  }
  return colors;
};

export const theme = createTheme({
  fontFamily: 'var(--font)',
  fontSizes: {
    xs: '0.75rem',
    sm: '0.875rem',
    md: '1rem',
    lg: '1.25rem',
    xl: '1.75rem',
  },
  lineHeights: { xs: '1.5', sm: '1.5', md: '1.5', lg: '1.4', xl: '1.2' },
  spacing: { xs: '0.5rem', sm: '0.75rem', md: '1rem', lg: '1.5rem', xl: '2rem' },
  radius: { xs: '4px', sm: '6px', md: '10px', lg: '16px', xl: '16px' },
  defaultRadius: 'sm',
  headings: { fontWeight: '600' },
  colors: { spruce },
  primaryColor: 'spruce',
  primaryShade: 6,
  cursorType: 'pointer',
  respectReducedMotion: true,
  variantColorResolver,
  components: {
    TextInput: { defaultProps: { size: 'md' } },
    NativeSelect: { defaultProps: { size: 'md' } },
    Menu: {
      defaultProps: {
        position: 'bottom-end',
        offset: 4,
        transitionProps: { duration: 120 },
        // Inside the landmark that opened it, with nothing but items in it, the first one focused.
        withinPortal: false,
        withInitialFocusPlaceholder: false,
      },
    },
  },
});

const onTokens = {
  '--mantine-color-body': 'var(--paper)',
  '--mantine-color-text': 'var(--ink)',
  '--mantine-color-bright': 'var(--ink)',
  '--mantine-color-dimmed': 'var(--muted)',
  '--mantine-color-placeholder': 'var(--muted)',
  '--mantine-color-anchor': 'var(--accent)',
  '--mantine-color-error': 'var(--danger)',
  '--mantine-color-default': 'var(--surface)',
  '--mantine-color-default-hover': 'var(--hover)',
  '--mantine-color-default-color': 'var(--ink)',
  '--mantine-color-default-border': 'var(--control)',
  '--mantine-primary-color-contrast': 'var(--on-accent)',
};

export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {},
  light: { ...asVariables('light'), ...onTokens },
  dark: { ...asVariables('dark'), ...onTokens },
});

function asVariables(scheme: 'light' | 'dark'): Record<string, string> {
  return Object.fromEntries(
    Object.entries(tokens[scheme]).map(([name, value]) => [
      `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
      value,
    ]),
  );
}
