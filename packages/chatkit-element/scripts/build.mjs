// Builds `dist/`: what a page loads at once (chatkit.js, and chatkit.mjs for bundlers), and
// `parts/`, which the chat fetches from beside its own script when it first needs them.
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));
const PARTS = join(root, 'src/parts');

/** Style sheets are template literals, which no minifier reads: take out comments and white space. */
const minifyStyles = {
  name: 'minify-styles',
  transform(code, id) {
    if (!/(?:styles|tokens)\.ts$/.test(id)) return null;
    const short = code.replace(/css`([^`]*)`/g, (_, sheet) => {
      const rules = sheet
        .replace(/\/\*[\s\S]*?\*\//g, '')
        .replace(/\s+/g, ' ')
        .replace(/ ?([{};,>]) ?/g, '$1')
        .replace(/: /g, ':')
        .replace(/;}/g, '}');
      return `css\`${rules.trim()}\``;
    });
    return { code: short, map: null };
  },
};

/** No minifier touches how templates are indented either: to the program it is the same without. */
const indentNothing = {
  name: 'indent-nothing',
  enforce: 'pre',
  transform(code, id) {
    if (!id.startsWith(join(root, 'src'))) return null;
    return { code: code.replace(/\n[ \t]+/g, '\n'), map: null };
  },
};

/**
 * Of Marked only the lexer is used, with its tokenizer, as GitHub reads. Its file ends with the parser
 * to HTML made ready for use, and has rules of another reading, which no bundler may leave out by itself.
 */
const onlyLexer = {
  name: 'only-lexer',
  transform(code, id) {
    if (!id.endsWith('/marked.esm.js')) return null;
    const ready = /var (\w+)=new \w+;function \w+\(\w,\w\)\{return \1\.parse[\s\S]*?(?=export\{)/;
    const names = /export\{([^}]*)\}/;
    const pedantic = /,pedantic:(\w+)(?=\})/g;
    const lexer = names.exec(code)?.[1].match(/\w+ as (?:Lexer|Tokenizer)\b/g);
    const rules = [...code.matchAll(pedantic)].map(
      ([, name]) => new RegExp(`,${name}=\\{\\.\\.\\.[\\s\\S]*?getRegex\\(\\)\\}(?=,)`),
    );
    const left = [ready, ...rules].reduce((rest, part) => rest.replace(part, ''), code);
    if (!ready.test(code) || lexer?.length !== 2 || !rules.every((rule) => rule.test(code)))
      throw new Error('Marked has changed its file.');
    return {
      code: left
        .replace(names, `export{${lexer}}`)
        .replace(pedantic, '')
        .replaceAll('this.options.pedantic', 'false')
        .replace(/this\.options\.(?:gfm|breaks)\b/g, 'true'),
      map: null,
    };
  },
};

/** Parts get Lit, and `repeat` as it was put right, from the chat they belong to: see src/lazy/share-lit.ts. */
const borrowLit = {
  name: 'borrow-lit',
  enforce: 'pre',
  resolveId: (source) => (/^lit(?:\/|$)|\/lazy\/repeat$/.test(source) ? '\0lit' : null),
  load(id) {
    if (id !== '\0lit') return null;
    const file = readFileSync(join(root, 'src/lazy/share-lit.ts'), 'utf8');
    const names = /SHARED = \{([^}]*)\}/.exec(file)[1];
    return `export const {${names}} = globalThis[Symbol.for('chatkit-element.lit')];`;
  },
};

const base = { root, configFile: false, logLevel: 'warn' };
const settings = { target: 'es2022', minify: true, sourcemap: true };

/** Each part by name, with the file it became: its name changes with its content. */
async function buildParts() {
  const names = readdirSync(PARTS)
    .filter((file) => file.endsWith('.ts') && !file.includes('.test.'))
    .map((file) => basename(file, '.ts'));
  if (names.length === 0) return new Map();
  const { output } = await build({
    ...base,
    plugins: [borrowLit, indentNothing, minifyStyles],
    build: {
      ...settings,
      emptyOutDir: false,
      modulePreload: false,
      rolldownOptions: {
        input: Object.fromEntries(names.map((name) => [name, join(PARTS, `${name}.ts`)])),
        preserveEntrySignatures: 'strict',
        output: {
          format: 'es',
          entryFileNames: 'parts/[name]-[hash].mjs',
          chunkFileNames: 'parts/[name]-[hash].mjs',
        },
      },
    },
  });
  const entries = output.filter((file) => file.type === 'chunk' && file.isEntry);
  return new Map(entries.map((file) => [file.name, file.fileName]));
}

/** `import('…/parts/x')` stays an import of the file that was built from it. */
function apart(parts) {
  return {
    name: 'apart',
    enforce: 'pre',
    resolveId(source, importer) {
      const name = /(?:^|\/)parts\/([\w-]+)$/.exec(source)?.[1];
      if (!importer || !name) return null;
      const file = parts.get(name);
      if (!file) throw new Error(`There is no part ${name}.`);
      return { id: `./${file}`, external: true };
    },
  };
}

rmSync(join(root, 'dist'), { recursive: true, force: true });
await build({
  ...base,
  plugins: [apart(await buildParts()), onlyLexer, indentNothing, minifyStyles],
  build: {
    ...settings,
    emptyOutDir: false,
    lib: {
      entry: 'src/index.ts',
      name: 'ChatKitElement',
      formats: ['iife', 'es'],
      fileName: (format) => (format === 'es' ? 'chatkit.mjs' : 'chatkit.js'),
    },
  },
});
