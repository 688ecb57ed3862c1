import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { afterEach, expect, it, vi } from 'vitest';
import { define } from './define';
import { FakeServer, until } from './testing/fake-server';
import { Chat } from './testing/readme-chat';
import * as wire from './testing/wire';

const folder = join(import.meta.dirname, '..');
const readme = readFileSync(join(folder, 'README.md'), 'utf8');

/** The code blocks of a language, without the indent of a list. */
function blocks(language: string): string[] {
  const found = readme.matchAll(/^( *)```(\w*)\n([\s\S]*?)^ *```/gm);
  return [...found]
    .filter(([, , name]) => name === language)
    .map(([, indent = '', , code = '']) => code.replaceAll(new RegExp(`^${indent}`, 'gm'), ''));
}

/** Takes the place of the page's own fetch: `api.fetch` of the snippets, or none, leads there. */
function serve(): FakeServer {
  const server = new FakeServer();
  vi.stubGlobal('fetch', server.fetch);
  return server;
}

async function expectAnswer(server: FakeServer): Promise<void> {
  const element = document.querySelector('openai-chatkit');
  if (!element?.shadowRoot) throw new Error('The snippet has no chat.');
  const { shadowRoot } = element;
  await until(() => shadowRoot.querySelector('.composer') !== null);
  await (element as never as { sendUserMessage(of: object): Promise<void> }).sendUserMessage({
    text: 'Q',
  });
  expect(server.last('threads.create')?.url).toBe('/chatkit/');
  server.stream.send(...wire.exchange('Q', 'From the README.')).close();
  await until(() => shadowRoot.textContent?.includes('From the README.'));
}

afterEach(() => {
  vi.unstubAllGlobals();
  document.body.replaceChildren();
});

it('the page of the README is a chat that answers', async () => {
  const [page = ''] = blocks('html');
  const server = serve();
  define();
  const [, markup = '', script = ''] =
    /(<openai-chatkit[\s\S]*?<\/openai-chatkit>)\s*<script type="module">([\s\S]*?)<\/script>/.exec(
      page,
    ) ?? [];
  document.body.innerHTML = markup;
  const AsyncFunction = Object.getPrototypeOf(async () => {}).constructor;
  await AsyncFunction(script)();
  await expectAnswer(server);
});

it('the component of the README is a chat that answers', async () => {
  const [component] = blocks('tsx');
  expect(readFileSync(join(folder, 'src/testing/readme-chat.tsx'), 'utf8')).toBe(component);
  const server = serve();
  define();
  const place = document.body.appendChild(document.createElement('div'));
  const root = createRoot(place);
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
  await act(async () => root.render(<Chat />));
  await expectAnswer(server);
  expect(server.last('threads.create')?.init.credentials).toBe('include');
  await act(async () => root.unmount());
});

it('the commands of the README are there', () => {
  const { scripts } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const named = [...readme.matchAll(/npm (?:run )?(\w+) -w chatkit-element/g)].map(
    ([, name]) => name ?? '',
  );
  expect(named).toContain('build');
  expect(named.filter((name) => !(name in scripts))).toEqual([]);
});

it('what the README sets of the look is there', () => {
  const [sheet = ''] = blocks('css');
  const tokens = readFileSync(join(folder, 'src/theme/tokens.ts'), 'utf8');
  for (const [name] of sheet.matchAll(/--chatkit-[\w-]+/g)) expect(tokens).toContain(`${name},`);
  const thread = readFileSync(join(folder, 'src/components/thread-item/thread-item.ts'), 'utf8');
  for (const [, part] of sheet.matchAll(/::part\(([\w-]+)\)/g))
    expect(thread).toContain(`part="${part}"`);
});
