// Runs before the first paint, so that a remembered dark page does not flash white.
// A file and not an inline script: the page's Content-Security-Policy allows only files.
// The key is the one of src/app/color-scheme.ts.
(() => {
  let chosen = null;
  try {
    chosen = localStorage.getItem('spendo-color-scheme');
  } catch {
    // Storage is blocked: follow the system.
  }
  const scheme =
    chosen === 'light' || chosen === 'dark'
      ? chosen
      : matchMedia('(prefers-color-scheme: dark)').matches
        ? 'dark'
        : 'light';
  document.documentElement.setAttribute('data-mantine-color-scheme', scheme);
  document.documentElement.style.colorScheme = scheme;
})();
