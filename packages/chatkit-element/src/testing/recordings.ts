import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const RECORDINGS = join(import.meta.dirname, '../../../../protocol/recordings');

export const read = (story: string, file: string) => readFileSync(join(RECORDINGS, story, file));
const recorded = readdirSync(RECORDINGS);
export const stories = recorded.filter((name) =>
  existsSync(join(RECORDINGS, name, 'response.sse')),
);
export const replies = recorded.filter((name) =>
  existsSync(join(RECORDINGS, name, 'response.json')),
);

/** The frames of a recorded response as a server of runs sends them: numbered, with an end. */
export function numberedFrames(story: string): string[] {
  const messages = String(read(story, 'response.sse'))
    .split('\n')
    .filter((line) => line.startsWith('data: '));
  return [...messages, ': end'].map((line, index) => `id: ${index + 1}\n${line}\n\n`);
}
