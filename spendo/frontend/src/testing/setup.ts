import { cleanup, configure } from '@testing-library/react';
import { afterEach } from 'vitest';
import { forgetCsrfToken } from '../api/csrf';

// An upper bound for a busy machine; nothing waits longer than it has to.
configure({ asyncUtilTimeout: 8_000 });

// Tests without a page say `@vitest-environment node`: they start without the cost of jsdom.
if (typeof window !== 'undefined') {
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
}
