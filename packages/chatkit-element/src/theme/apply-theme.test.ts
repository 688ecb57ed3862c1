import type { ChatKitOptions, ThemeOption } from '@openai/chatkit';
import { describe, expect, it } from 'vitest';
import { applyTheme } from './apply-theme';
import { readableOn } from './contrast';

const apply = (theme?: ThemeOption | 'light' | 'dark', root = document.createElement('div')) => {
  applyTheme(root, { api: { url: '/', domainKey: '' }, theme } as ChatKitOptions);
  return root;
};

describe('applyTheme', () => {
  it('has the documented defaults', () => {
    expect({ ...apply().dataset }).toEqual({ scheme: 'light', radius: 'pill', density: 'normal' });
  });

  it('takes a scheme alone or in full', () => {
    expect(apply('dark').dataset.scheme).toBe('dark');
    expect({
      ...apply({ colorScheme: 'dark', radius: 'soft', density: 'compact' }).dataset,
    }).toEqual({
      scheme: 'dark',
      radius: 'soft',
      density: 'compact',
    });
  });

  it('sets size, family and accent, and takes them back', () => {
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
    apply('light', root);
    expect(root.style.length).toBe(0);
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
