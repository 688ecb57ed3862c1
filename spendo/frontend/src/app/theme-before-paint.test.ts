import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { colorSchemeManager } from './color-scheme';

const script = readFileSync(join(import.meta.dirname, '../../public/color-scheme.js'), 'utf8');
const html = document.documentElement;

function runBeforePaint({ systemIsDark }: { systemIsDark: boolean }) {
  vi.spyOn(window, 'matchMedia').mockReturnValue({ matches: systemIsDark } as MediaQueryList);
  new Function(script)();
}

afterEach(() => {
  html.removeAttribute('data-mantine-color-scheme');
  html.style.removeProperty('color-scheme');
});

describe('the colours before the first paint', () => {
  it('are the ones the user chose in the app', () => {
    colorSchemeManager.set('dark');
    runBeforePaint({ systemIsDark: false });
    expect(html.getAttribute('data-mantine-color-scheme')).toBe('dark');
    expect(html.style.colorScheme).toBe('dark');
  });

  it('follow the system when nothing was chosen, or when the system was', () => {
    runBeforePaint({ systemIsDark: true });
    expect(html.getAttribute('data-mantine-color-scheme')).toBe('dark');
    colorSchemeManager.set('auto');
    runBeforePaint({ systemIsDark: false });
    expect(html.getAttribute('data-mantine-color-scheme')).toBe('light');
  });

  it('still come when storage is blocked', () => {
    vi.spyOn(Storage.prototype, 'getItem').mockImplementation(() => {
      throw new DOMException('blocked', 'SecurityError');
    });
    runBeforePaint({ systemIsDark: true });
    expect(html.getAttribute('data-mantine-color-scheme')).toBe('dark');
  });
});
