import { localStorageColorSchemeManager } from '@mantine/core';

/** Light, dark or the system's, remembered in this browser. `public/color-scheme.js` reads it too. */
export const colorSchemeManager = localStorageColorSchemeManager({ key: 'spendo-color-scheme' });
