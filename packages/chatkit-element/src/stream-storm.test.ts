import { afterEach, beforeEach, expect, it } from 'vitest';
import { Mounted } from './testing/mount';
import { numbers, shuffle, spoil } from './testing/spoiled';
import * as wire from './testing/wire';

/** One of everything a server may say. */
const STORY: object[] = [
  wire.created(),
  wire.done(wire.userItem('m1', 'Q')),
  wire.options(),
  wire.progress('Searching'),
  ...wire.opening('m2'),
  ...[
    '# Päge\n\n',
    '| a | b |\n|-|-|\n| 1',
    ' | 2 |\n\n```js\nlet ',
    'a = 1;\n```\n\n$x^2$ 🙂 ',
  ].map((text) => wire.delta('m2', text)),
  wire.update('m2', {
    type: 'assistant_message.content_part.annotation_added',
    content_index: 0,
    annotation_index: 0,
    annotation: { source: { type: 'url', title: 'T', url: 'https://example.com' }, index: 4 },
  }),
  wire.done(wire.answerItem('m2', '# Päge')),
  wire.added({
    id: 'w1',
    type: 'workflow',
    workflow: { type: 'reasoning', tasks: [{ type: 'thought', content: 'Hm' }] },
  }),
  wire.update('w1', {
    type: 'workflow.task.added',
    task_index: 1,
    task: { type: 'web_search', title: 'S', queries: ['q'], sources: [] },
  }),
  wire.update('w1', {
    type: 'workflow.task.updated',
    task_index: 0,
    task: { type: 'custom', title: 'C', icon: 'globe', status_indicator: 'complete' },
  }),
  wire.done({
    id: 'w1',
    type: 'workflow',
    workflow: { type: 'reasoning', tasks: [], summary: { duration: 3 } },
  }),
  wire.added({ id: 'g1', type: 'generated_image' }),
  wire.update('g1', {
    type: 'generated_image.updated',
    image: { id: 'i1', url: 'data:image/png;base64,AAAA' },
    progress: 0.5,
  }),
  wire.done({ id: 'g1', type: 'generated_image', image: { id: 'i1', url: '/i1.png' } }),
  wire.done({
    id: 'c1',
    type: 'widget',
    widget: { type: 'Card', children: [{ type: 'Text', id: 't', value: 'v' }] },
  }),
  wire.update('c1', { type: 'widget.streaming_text.value_delta', component_id: 't', delta: 'w' }),
  wire.done({ id: 't1', type: 'task', task: { type: 'file', title: 'F', sources: [] } }),
  wire.done({ id: 'e1', type: 'end_of_turn' }),
  { type: 'thread.item.replaced', item: wire.answerItem('m2', 'Other words') },
  { type: 'thread.item.removed', item_id: 'w1' },
  { type: 'client_effect', name: 'fx', data: { k: 1 } },
  { type: 'notice', level: 'warning', message: '**Old** prices', title: 'Prices' },
  { type: 'error', code: 'custom', message: 'No credit', allow_retry: true },
  wire.updated({ title: 'Titled' }),
  { type: 'a.later.event', item: { id: 'x' } },
  { type: 'thread.item.added', item: { id: 'x', type: 'hologram', text: 'later' } },
  wire.done({ id: 'h1', type: 'hidden_context_item', content: 'secret' }),
];

const failed: unknown[] = [];
const note = (error: unknown) => failed.push(error);

beforeEach(() => {
  failed.length = 0;
  process.on('unhandledRejection', note);
  window.addEventListener('error', note);
});
afterEach(() => {
  process.off('unhandledRejection', note);
  window.removeEventListener('error', note);
  document.body.replaceChildren();
});

/** The story as no server would tell it. */
function storm(random: () => number): object[] {
  const told = STORY.flatMap((event) => {
    const luck = random();
    if (luck < 0.1) return [];
    if (luck < 0.25) return [event, event];
    return [luck < 0.5 ? (spoil(event, random) as object) : event];
  });
  return random() < 0.7 ? shuffle(told, random) : told;
}

function frames(events: object[], random: () => number): Uint8Array {
  const text = events.map((event) => `data: ${JSON.stringify(event)}\n\n`);
  if (random() < 0.2) text.splice(Math.floor(random() * text.length), 0, 'data: {"type":\n\n');
  if (random() < 0.2) text.push(': what', '\n\nevent: x\nid: y\nretry: z\n', 'nothing at all\n');
  const bytes = new TextEncoder().encode(text.join(''));
  return random() < 0.4 ? bytes.slice(0, Math.floor(random() * bytes.length)) : bytes;
}

/** Whatever happened: a new chat can be had, and answers. */
async function expectUsable(chat: Mounted): Promise<void> {
  await chat.until(() => chat.all('.chat').length === 1);
  await chat.element.setThreadId(null);
  const before = chat.server.streams.length;
  await chat.element.sendUserMessage({ text: 'Still there?' });
  await chat.until(() => chat.server.streams.length > before);
  chat.server.stream.send(...wire.exchange('Still there?', 'Yes, all is well.')).close();
  await chat.until(() => chat.find('.list').textContent?.includes('Yes, all is well.') === true);
  await chat.until(() => chat.all('[aria-busy="false"]').length === 1);
  expect(failed).toEqual([]);
}

const SEEDS = Array.from({ length: 40 }, (_, index) => 7919 * (index + 1));

it.each(SEEDS)('[fuzz] a storm of events (%i) leaves a chat that can be used', async (seed) => {
  const random = numbers(seed);
  const chat = await new Mounted().start({ threadItemActions: { retry: true, feedback: true } });
  await chat.element.sendUserMessage({ text: 'Q' });
  const stream = chat.server.stream;
  const bytes = frames(storm(random), random);
  for (let from = 0; from < bytes.length; ) {
    const to = from + 1 + Math.floor(random() ** 3 * 2000);
    stream.bytes(bytes.slice(from, to));
    from = to;
    if (random() < 0.2) await chat.settled();
  }
  if (random() < 0.5) stream.close();
  else stream.cut();
  await chat.until(() => chat.all('[part=stop-button]').length === 0);
  await chat.settled();
  expect(chat.named('error').filter(isOurs)).toEqual([]);
  await expectUsable(chat);
});

/** Not what the server said or the network did, but a fault in the element itself. */
function isOurs(detail: unknown): boolean {
  const { error } = detail as { error: Error };
  return error.message !== 'network error' && /^(?:Type|Range|Reference)Error$/.test(error.name);
}

const MEGABYTE = 1_000_000;
const repeated = (text: string) => text.repeat(Math.ceil(MEGABYTE / text.length));

it.each([
  ['a word', repeated('a')],
  ['a sentence', repeated('words and more words, ')],
  ['a block of code', `\`\`\`js\n${repeated('let a = 1;\n')}`],
  ['open marks', repeated('*_[`')],
  ['a deep quote', repeated('>')],
  ['a table', `| a | b |\n|-|-|\n${'| 1 | 2 |\n'.repeat(50)}${'x'.repeat(980_000)}`],
])('[fuzz] a megabyte of %s in one event', async (_, text) => {
  const chat = await new Mounted().start();
  await chat.element.sendUserMessage({ text: 'Q' });
  chat.server.stream
    .send(wire.created(), wire.done(wire.userItem('m1', 'Q')), ...wire.opening('m2'))
    .send(wire.delta('m2', text), wire.done(wire.answerItem('m2', text)))
    .close();
  await chat.until(() => chat.all('[part=stop-button]').length === 0);
  await expectUsable(chat);
});
