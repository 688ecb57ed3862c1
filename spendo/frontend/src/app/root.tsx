import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { Outlet, useLocation } from 'react-router';
import { tokens } from '../ui/tokens';

/** Around every page: the browser's own colour, and the focus after a change of page. */
export function Root() {
  const scheme = useComputedColorScheme('light', { getInitialValueInEffect: false });
  useFocusOnArrival();
  return (
    <>
      <meta name="theme-color" content={tokens[scheme].surface} />
      <Outlet />
    </>
  );
}

/**
 * The control that led to another page went away with its page, and the focus with it. It goes to
 * the new page's content, so that a screen reader begins there.
 */
function useFocusOnArrival() {
  const { pathname } = useLocation();
  const before = useRef(pathname);
  useEffect(() => {
    if (before.current === pathname) return;
    before.current = pathname;
    if (document.activeElement === document.body) {
      document.querySelector('main')?.focus({ preventScroll: true });
    }
  }, [pathname]);
}
