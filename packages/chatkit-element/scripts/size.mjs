// Fails when the script a page loads outgrows its budget.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const BUDGET = 60 * 1024;
const file = new URL('../dist/chatkit.js', import.meta.url);
const size = gzipSync(readFileSync(file), { level: 9 }).length;
const words = `chatkit.js: ${(size / 1024).toFixed(1)} KB gzip of ${BUDGET / 1024} KB`;
if (size > BUDGET) {
  console.error(`${words}: over budget.`);
  process.exit(1);
}
console.log(words);
