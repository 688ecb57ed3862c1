import { cleanup } from '@testing-library/react';
import { afterEach } from 'vitest';
import { forgetCsrfToken } from '../api/csrf';

afterEach(() => {
  cleanup();
  forgetCsrfToken();
  localStorage.clear();
});

// What jsdom does not have and Mantine asks for.
window.matchMedia = (query) =>
  ({
    matches: false,
    media: query,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }) as unknown as MediaQueryList;
window.ResizeObserver = class {
  observe() {}
  unobserve() {}
  disconnect() {}
};
