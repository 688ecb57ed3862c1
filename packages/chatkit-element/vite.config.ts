import { defineConfig, type Plugin } from 'vite';

/** Style sheets are template literals, which no minifier reads: take out comments and white space. */
function minifyStyles(): Plugin {
  return {
    name: 'minify-styles',
    transform(code, id) {
      if (!/\/theme\/[\w-]+\.ts$/.test(id)) return null;
      const short = code.replace(/css`([^`]*)`/g, (_, sheet: string) => {
        const rules = sheet
          .replace(/\/\*[\s\S]*?\*\//g, '')
          .replace(/\s+/g, ' ')
          .replace(/ ?([{};,]) ?/g, '$1')
          .replace(/: /g, ':')
          .replace(/;}/g, '}');
        return `css\`${rules.trim()}\``;
      });
      return { code: short, map: null };
    },
  };
}

/** One classic script for a plain `<script src>` and, beside it, the same code as an ES module. */
export default defineConfig({
  plugins: [minifyStyles()],
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
});
