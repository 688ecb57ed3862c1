// Builds `dist/page.js`: the React page of the showcase in one file.
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

await build({
  root: fileURLToPath(new URL('.', import.meta.url)),
  configFile: false,
  logLevel: 'warn',
  define: { 'process.env.NODE_ENV': '"production"' },
  build: {
    target: 'es2022',
    lib: { entry: 'page.tsx', formats: ['es'], fileName: () => 'page.js' },
  },
});
