import { type RefObject, useEffect } from 'react';

/**
 * Keeps a full-screen sheet inside what is really visible. On iOS the on-screen keyboard covers
 * the page without changing `dvh`; only `visualViewport` knows.
 */
export function useVisibleArea(sheet: RefObject<HTMLElement | null>, active: boolean): void {
  useEffect(() => {
    const viewport = window.visualViewport;
    const element = sheet.current;
    if (!active || !viewport || !element) return;
    function follow() {
      if (!viewport || !element) return;
      element.style.height = `${viewport.height}px`;
      element.style.top = `${viewport.offsetTop}px`;
    }
    // The page must not scroll away under the sheet.
    document.documentElement.style.overflow = 'hidden';
    follow();
    viewport.addEventListener('resize', follow);
    viewport.addEventListener('scroll', follow);
    return () => {
      viewport.removeEventListener('resize', follow);
      viewport.removeEventListener('scroll', follow);
      document.documentElement.style.removeProperty('overflow');
      element.style.removeProperty('height');
      element.style.removeProperty('top');
    };
  }, [sheet, active]);
}
