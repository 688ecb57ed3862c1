// Lists what a page loads and when; fails when the script it loads at once outgrows its budget.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const BUDGET = 60 * 1024;
const dist = new URL('../dist/', import.meta.url);
const sizeOf = (file) => gzipSync(readFileSync(new URL(file, dist)), { level: 9 }).length;
const words = (size) => `${(size / 1024).toFixed(1)} KB gzip`;

const parts = new URL('parts/', dist);
const files = existsSync(parts) ? readdirSync(parts) : [];
for (const file of files.filter((name) => name.endsWith('.mjs'))) {
  console.log(`  parts/${file}: ${words(sizeOf(`parts/${file}`))}, when first needed`);
}
const size = sizeOf('chatkit.js');
console.log(`chatkit.js: ${words(size)} of ${BUDGET / 1024} KB`);
if (size > BUDGET) {
  console.error('chatkit.js is over its budget.');
  process.exit(1);
}
