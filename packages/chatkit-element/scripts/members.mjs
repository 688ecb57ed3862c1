// Lists what an @openai/chatkit offers and this element does not. Fails when there is something
// that nobody has decided about: see src/options/published-members.json.
//
//     npm run members [another index.d.ts]
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { readMembers } from './read-members.mjs';

const DECIDED = new URL('../src/options/published-members.json', import.meta.url);

/** The declarations of the package that is installed. */
function installed() {
  const { resolve } = createRequire(import.meta.url);
  const [folder] = resolve.paths('@openai/chatkit').flatMap(packageIn);
  return folder;
}

function packageIn(folder) {
  const file = join(folder, '@openai/chatkit/package.json');
  try {
    return [join(dirname(file), JSON.parse(readFileSync(file, 'utf8')).types)];
  } catch {
    return [];
  }
}

/** `missing`: nobody has decided. `refused`: decided, with the reason. `gone`: offered no longer. */
export function compare(declarations, { served, notServed }) {
  const offered = readMembers(declarations);
  const reason = (member) =>
    Object.entries(notServed).find(([name]) => member === name || member.startsWith(`${name} `));
  const known = new Set(served);
  return {
    missing: offered.filter((member) => !known.has(member) && !reason(member)),
    refused: offered.filter((member) => !known.has(member) && reason(member)),
    gone: served.filter((member) => !offered.includes(member)),
  };
}

if (import.meta.filename === process.argv[1]) {
  const file = process.argv[2] ?? installed();
  const decided = JSON.parse(readFileSync(DECIDED, 'utf8'));
  const { missing, refused, gone } = compare(readFileSync(file, 'utf8'), decided);
  for (const member of missing) console.log(`missing: ${member}`);
  for (const member of gone) console.log(`no longer offered: ${member}`);
  console.log(`${missing.length} missing, ${refused.length} not served on purpose.`);
  process.exitCode = missing.length > 0 ? 1 : 0;
}
