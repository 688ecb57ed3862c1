import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { compare } from '../../scripts/members.mjs';
import decided from './published-members.json';

const PUBLISHED = '../../../../node_modules/@openai/chatkit/types/index.d.ts';
const published = readFileSync(join(import.meta.dirname, PUBLISHED), 'utf8');

it('everything the published types offer is served, or has a reason', () => {
  const { missing, refused, gone } = compare(published, decided);
  expect(missing).toEqual([]);
  expect(gone).toEqual([]);
  expect(refused).toContain('HostedApiConfig.getClientSecret');
});

it('what a newer version adds is missing: options, methods, parameters, events, words', () => {
  const newer = published
    .replace('export type ChatKitOptions = {', 'export type ChatKitOptions = {\n  avatar?: string;')
    .replace('showHistory(): Promise<void>;', 'showHistory(): Promise<void>;\n  rewind(): void;')
    .replace('newThread?: boolean;', 'newThread?: boolean;\n    silent?: boolean;')
    .replace(
      "'chatkit.ready': CustomEvent<void>;",
      "'chatkit.ready': CustomEvent<void>;\n 'chatkit.glow': CustomEvent<{ level: number }>;",
    )
    .replace("| 'sidebar-left'", "| 'rocket'\n  | 'sidebar-left'")
    .concat('\nexport interface Avatar { readonly url: string /* of an image */ }\n');
  expect(compare(newer, decided).missing).toEqual([
    'Avatar',
    'Avatar.url',
    "ChatKitEvents.'chatkit.glow'",
    "ChatKitEvents.'chatkit.glow'.level",
    'ChatKitOptions.avatar',
    "HeaderIcon 'rocket'",
    'OpenAIChatKit.rewind',
    'OpenAIChatKit.sendUserMessage.silent',
  ]);
});

it('what an older version lacked is no longer offered', () => {
  const older = published.replace('showHistory(): Promise<void>;', '');
  expect(compare(older, decided).gone).toEqual(['OpenAIChatKit.showHistory']);
});

it('what is said to be served is at least named in the code', () => {
  const src = join(import.meta.dirname, '..');
  const code = readdirSync(src, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !/\.test\.|testing/.test(file))
    .map((file) => readFileSync(join(src, file), 'utf8'))
    .join('\n');
  const isType = (member: string) => !/[. ]/.test(member);
  const isNamed = (member: string) => {
    const [whole, quoted] = /'([^']+)'$|[\w$]+$/.exec(member) ?? [];
    return code.includes(quoted ?? whole ?? member);
  };
  const unnamed = decided.served.filter((member) => !isType(member) && !isNamed(member));
  expect(unnamed).toEqual([]);
});
