import { afterAll, describe, expect, it } from 'vitest';
import { anywhere, asMarkdown, corpus } from './testing/hostile/corpus';
import { exhaustingTexts } from './testing/hostile/exhausting';
import { findUnsafe } from './testing/hostile/inspect';
import { eventsWith, itemsWith, proseWith } from './testing/hostile/items';
import { Mounted } from './testing/mount';
import * as wire from './testing/wire';

const AT_ONCE = 12;
let called = 0;
(globalThis as Record<string, unknown>).hostile = () => {
  called += 1;
};

const chunks = <T>(all: T[]): Array<[number, T[]]> =>
  Array.from({ length: Math.ceil(all.length / AT_ONCE) }, (_, index) => [
    index * AT_ONCE,
    all.slice(index * AT_ONCE, (index + 1) * AT_ONCE),
  ]);

const address = (index: number) => corpus.addresses[index % corpus.addresses.length] ?? '';

async function opened(items: object[], thread: object = {}): Promise<Mounted> {
  const chat = new Mounted();
  chat.server
    .answer('threads.get_by_id', wire.loaded('thr_1', items, thread))
    .answer('threads.list', {
      data: anywhere.map((title, index) => wire.thread(`thr_${index}`, { title })),
      has_more: false,
    });
  await chat.start({ initialThread: 'thr_1', threadItemActions: { feedback: true, retry: true } });
  await chat.until(() => chat.named('thread.load.end').length > 0);
  await chat.settled();
  return chat;
}

async function expectHarmless(chat: Mounted): Promise<void> {
  await chat.settled();
  expect(findUnsafe(chat.find('.chat'))).toEqual([]);
  expect(called).toBe(0);
}

afterAll(() => {
  expect(called).toBe(0);
});

it('[row 82] the corpus is as large as it claims', () => {
  const widgets = corpus.widgets.map((widget) => JSON.stringify(widget));
  expect(new Set([...anywhere, ...asMarkdown, ...widgets]).size).toBeGreaterThan(300);
});

async function play(some: string[], items: object[]): Promise<void> {
  const chat = await opened(items, { title: some[0], allowed_image_domains: some });
  for (const button of chat.all('summary, [aria-expanded="false"], [part=source-mark]')) {
    (button as HTMLElement).click();
  }
  await expectHarmless(chat);
  await chat.exchange('Q', [
    wire.updated({ title: some.at(-1) }),
    ...some.flatMap((text, at) => eventsWith(text, `new-${at}`)),
    { type: 'error', code: 'custom', message: some[0], allow_retry: true },
  ]);
  await expectHarmless(chat);
  chat.element.remove();
}

describe('[row 82] what an attacker writes is words', { timeout: 60_000 }, () => {
  it.each(chunks(anywhere))('in all that a thread shows, from text %i on', (from, some) =>
    play(
      some,
      some.flatMap((text, at) => itemsWith(text, address(from + at), `item-${at}`)),
    ),
  );

  it.each(chunks(asMarkdown))('in what is read as markdown, from text %i on', (from, some) =>
    play(
      some,
      some.flatMap((text, at) => proseWith(text, address(from + at), `item-${at}`)),
    ),
  );

  it('in the titles of past chats, and in the reason of a closed one', async () => {
    const chat = await opened([], { title: 'T', status: { type: 'closed', reason: anywhere[0] } });
    await chat.element.showHistory();
    await chat.until(() => chat.all('.history li').length > 100);
    await expectHarmless(chat);
    chat.element.remove();
  });

  it('in widgets', async () => {
    const items = corpus.widgets.map((widget, at) => ({
      ...wire.answerItem(`widget-${at}`, ''),
      type: 'widget',
      widget,
      content: undefined,
    }));
    const chat = await opened(items);
    await expectHarmless(chat);
    chat.element.remove();
  });
});

it.each(Object.entries(exhaustingTexts(2_000)))(
  '[row 79] a chat with an answer made to exhaust it can be used: %s',
  async (_, text) => {
    const chat = await opened([wire.userItem('m1', 'Q'), wire.answerItem('m2', text)]);
    expect(chat.find('.prose').textContent).toContain('readable');
    await chat.type('Go on');
    expect(chat.button('Send message').disabled).toBe(false);
    chat.element.remove();
  },
  30_000,
);
