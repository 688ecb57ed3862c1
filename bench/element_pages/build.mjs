// Builds the React page into the folder that is named: node build.mjs FOLDER
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

await build({
  root: fileURLToPath(new URL('.', import.meta.url)),
  configFile: false,
  logLevel: 'warn',
  define: { 'process.env.NODE_ENV': '"production"' },
  build: {
    outDir: process.argv[2],
    emptyOutDir: true,
    lib: { entry: 'react.jsx', formats: ['es'], fileName: () => 'react.js' },
  },
});
