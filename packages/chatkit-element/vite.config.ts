import { defineConfig } from 'vite';

/** One classic script for a plain `<script src>` and, beside it, the same code as an ES module. */
export default defineConfig({
  build: {
    target: 'es2022',
    minify: true,
    sourcemap: true,
    lib: {
      entry: 'src/index.ts',
      name: 'ChatKitElement',
      formats: ['iife', 'es'],
      fileName: (format) => (format === 'es' ? 'chatkit.mjs' : 'chatkit.js'),
    },
  },
  define: { 'process.env.NODE_ENV': JSON.stringify('production') },
});
