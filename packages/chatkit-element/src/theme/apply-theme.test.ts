import type { ChatKitOptions, ThemeOption } from '@openai/chatkit';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { applyTheme, loadFonts } from './apply-theme';
import { readableOn } from './contrast';

const apply = (theme?: ThemeOption | 'light' | 'dark', root = document.createElement('div')) => {
  applyTheme(root, { api: { url: '/', domainKey: '' }, theme } as ChatKitOptions);
  return root;
};

describe('applyTheme', () => {
  it('[row 128] has the documented defaults', () => {
    expect({ ...apply().dataset }).toEqual({ scheme: 'light', radius: 'pill', density: 'normal' });
  });

  it('[row 128] takes a scheme alone or in full', () => {
    expect(apply('dark').dataset.scheme).toBe('dark');
    expect({
      ...apply({ colorScheme: 'dark', radius: 'soft', density: 'compact' }).dataset,
    }).toEqual({
      scheme: 'dark',
      radius: 'soft',
      density: 'compact',
    });
  });

  it('[row 129] [row 130] sets size, family and accent, and takes them back', () => {
    const root = apply({
      typography: { baseSize: 14, fontFamily: 'Georgia' },
      color: {
        accent: { primary: '#ffd400', level: 1 },
        surface: { background: '#fff', foreground: '#111' },
      },
    });
    expect(root.style.getPropertyValue('--base')).toBe('14px');
    expect(root.style.getPropertyValue('--font')).toBe('Georgia');
    expect(root.style.getPropertyValue('--accent')).toBe('#ffd400');
    expect(root.style.getPropertyValue('--on-accent')).toBe('#000000');
    expect(root.style.getPropertyValue('--surface')).toBe('#fff');
    expect(root.style.getPropertyValue('--muted')).toBe('color-mix(in srgb, #111 68%, #fff)');
    apply('light', root);
    expect(root.style.length).toBe(0);
  });
});

it('[row 129] an accent lends the more of itself to what is chosen, the higher its level', () => {
  const soft = (level: 0 | 1 | 2 | 3) =>
    apply({ color: { accent: { primary: '#123456', level } } }).style.getPropertyValue(
      '--accent-soft',
    );
  expect([soft(0), soft(3)]).toEqual([
    'color-mix(in srgb, #123456 8%, var(--surface))',
    'color-mix(in srgb, #123456 22%, var(--surface))',
  ]);
});

it('[row 129] greys are of one hue, the ink always readable on the ground', () => {
  const greys = (colorScheme: 'light' | 'dark') => {
    const { style } = apply({
      colorScheme,
      color: { grayscale: { hue: 220, tint: 4, shade: -2 } },
    });
    return ['--paper', '--surface', '--line', '--ink'].map((name) => style.getPropertyValue(name));
  };
  expect(greys('light')).toEqual([
    'hsl(220 10% 94.5%)',
    'hsl(220 10% 97%)',
    'hsl(220 10% 87%)',
    'hsl(220 10% 12%)',
  ]);
  expect(greys('dark')).toEqual([
    'hsl(220 10% 4%)',
    'hsl(220 10% 7%)',
    'hsl(220 10% 16%)',
    'hsl(220 10% 93%)',
  ]);
});

describe('loadFonts', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('[row 130] loads each file that the page names once', () => {
    const made: unknown[][] = [];
    vi.stubGlobal(
      'FontFace',
      class {
        constructor(...given: unknown[]) {
          made.push(given);
        }
      },
    );
    const add = vi.fn();
    Object.defineProperty(document, 'fonts', { value: { add }, configurable: true });
    const font = { family: 'House', src: '/house.woff2', weight: 700 };
    loadFonts([font]);
    loadFonts([{ ...font }]);
    expect(made).toEqual([
      ['House', 'url("/house.woff2")', expect.objectContaining({ weight: '700', display: 'swap' })],
    ]);
    expect(add).toHaveBeenCalledOnce();
  });
});

describe('readableOn', () => {
  it.each([
    ['#0e6b4f', '#ffffff'],
    ['#4cc38a', '#000000'],
    ['#fff', '#000000'],
    ['rgb(20, 20, 20)', '#ffffff'],
    ['tomato', undefined],
  ])('%s carries %s', (color, expected) => {
    expect(readableOn(color)).toBe(expected);
  });
});
