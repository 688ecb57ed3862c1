import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeServer, refusal } from '../../testing/fake-server';
import { Mounted } from '../../testing/mount';
import * as wire from '../../testing/wire';

beforeEach(() => {
  vi.stubGlobal('navigator', {
    language: 'en',
    clipboard: { writeText: vi.fn(async () => {}) },
  });
});
afterEach(() => {
  document.body.replaceChildren();
  vi.unstubAllGlobals();
});

const everything = { threadItemActions: { feedback: true, retry: true } };
const opening = [wire.created(), wire.done(wire.userItem('m1', 'Q'))];
const endOfTurn = (id = 'e1') => wire.done({ id, type: 'end_of_turn' });
const WIDGET = {
  id: 'w1',
  type: 'widget',
  widget: {
    type: 'Card',
    status: { text: 'Draft' },
    children: [
      { type: 'Title', value: 'Savings' },
      { type: 'Row', children: [{ type: 'Markdown', id: 't', value: 'Move **$2' }] },
      { type: 'Text', value: '*not* marked' },
      { type: 'Image', src: 'https://elsewhere.example/x.png', alt: 'A chart' },
      { type: 'Button', label: 'Move it', onClickAction: null },
    ],
    confirm: { label: 'Confirm' },
  },
};

async function streaming(chat: Mounted, ...events: object[]): Promise<Mounted> {
  await chat.type('Q');
  chat.press('Enter');
  await chat.until(() => chat.server.streams.length === 1);
  chat.server.stream.send(...opening, ...events);
  return chat;
}

const words = (element: Element | undefined) =>
  element?.textContent?.replaceAll(/\s+/g, ' ').trim();
const actionRows = (chat: Mounted) => chat.all('.item-actions');
const names = (row: Element | undefined) =>
  [...(row?.querySelectorAll('button') ?? [])].map((button) => button.getAttribute('aria-label'));
const copied = () => vi.mocked(navigator.clipboard.writeText).mock.calls.map(([text]) => text);

describe('beside the answer', () => {
  it('[row 93] notices stand by their level, in markdown, until they are dismissed', async () => {
    const chat = await streaming(
      await new Mounted().start(),
      { type: 'notice', level: 'info', message: 'One *word*' },
      { type: 'notice', level: 'warning', message: '[more](https://example.com)', title: 'Two' },
      { type: 'notice', level: 'danger', message: 'Three' },
    );
    await chat.until(() => chat.all('.notice').length === 3);
    expect(chat.all('.notice').map((notice) => notice.getAttribute('data-level'))).toEqual([
      'info',
      'warning',
      'danger',
    ]);
    expect(chat.find('.notice em').textContent).toBe('word');
    expect(chat.find('.notice a').getAttribute('href')).toBe('https://example.com/');
    chat.button('Dismiss').click();
    await chat.until(() => chat.all('.notice').length === 2);
    expect(words(chat.all('.notice')[0])).toContain('Two');
  });

  it('[row 94] an error speaks in the server’s words and offers another try where there may be one', async () => {
    const chat = await streaming(
      await new Mounted().start(),
      wire.done(wire.answerItem('m2', 'Half')),
      { type: 'error', code: 'custom', message: 'The ledger is closed.', allow_retry: true },
    );
    chat.server.stream.close();
    await chat.until(() => chat.all('[part=failure]').length === 1);
    expect(words(chat.find('[part=failure]'))).toContain('The ledger is closed.');
    expect(chat.find('[part=failure]').getAttribute('role')).toBe('alert');
    chat.button('Try again').click();
    await chat.until(() => chat.server.count('threads.retry_after_item') === 1);
    expect(chat.server.last('threads.retry_after_item')?.params).toEqual({
      thread_id: 'thr_1',
      item_id: 'm1',
    });
    await chat.until(() => chat.all('[part=failure]').length === 0);
    chat.server.stream.send({ type: 'error', code: 'a.code.of.later', allow_retry: false }).close();
    await chat.until(() => chat.all('[part=failure]').length === 1);
    expect(words(chat.find('[part=failure]'))).toBe('Something went wrong. Try again.');
    expect(chat.all('[part=failure] button')).toEqual([]);
  });

  it('[row 97] an effect reaches the page while the answer goes on', async () => {
    const chat = await streaming(await new Mounted().start(), {
      type: 'client_effect',
      name: 'zoom',
      data: { to: 3 },
    });
    await chat.until(() => chat.named('effect').length === 1);
    expect(chat.named('effect')).toEqual([{ name: 'zoom', data: { to: 3 } }]);
  });
});

describe('what the server takes back', () => {
  it('[row 95] is gone with all that belongs to it, and the focus stays in its turn', async () => {
    const chat = await streaming(
      await new Mounted().start(everything),
      wire.added({ id: 'k', type: 'workflow', workflow: { type: 'reasoning', tasks: [] } }),
      wire.added(wire.answerItem('m2', 'Not [this](https://example.com)')),
    );
    await chat.until(() => chat.all('.assistant a').length === 1);
    chat.find('.assistant a').focus();
    chat.server.stream
      .send(
        { type: 'thread.item.removed', item_id: 'm2' },
        { type: 'thread.item.removed', item_id: 'k' },
        { type: 'error', code: 'custom', message: 'That cannot be said.', allow_retry: false },
      )
      .close();
    await chat.until(() => chat.all('.assistant, .workflow').length === 0);
    expect(chat.shadow.activeElement).toBe(chat.find('.turn'));
    expect(actionRows(chat)).toEqual([]);
    expect(words(chat.find('.bubble'))).toBe('Q');
  });

  it('[row 96] and gives another for stands in its place; the focus stays in it', async () => {
    const link = (words: string) => `${words} [link](https://example.com)`;
    const chat = await streaming(
      await new Mounted().start(),
      wire.done(wire.answerItem('m2', link('A draft'))),
      wire.done(wire.answerItem('m3', 'After it')),
    );
    await chat.until(() => chat.all('.assistant').length === 2);
    const shown = chat.find('.assistant a');
    shown.focus();
    chat.server.stream.send({
      type: 'thread.item.replaced',
      item: wire.answerItem('m2', link('The final text')),
    });
    await chat.until(() => words(chat.all('.prose')[0]) === 'The final text link');
    expect(chat.all('.prose').map(words)).toEqual(['The final text link', 'After it']);
    expect(chat.shadow.activeElement).toBe(chat.find('.assistant a'));
  });

  it('[row 96] an item can become one of another kind', async () => {
    const chat = await streaming(
      await new Mounted().start(),
      wire.done(wire.answerItem('m2', 'A draft')),
      wire.done(wire.answerItem('m3', 'After it')),
      { type: 'thread.item.replaced', item: { ...WIDGET, id: 'm2' } },
    );
    await chat.until(() => chat.all('.widget').length === 1);
    expect(chat.find('.widget').nextElementSibling?.textContent).toContain('After it');
  });
});

describe('a turn', () => {
  it('[row 99] has its actions once, under all of it, when the response has ended', async () => {
    const chat = await streaming(
      await new Mounted().start(everything),
      wire.done(wire.answerItem('m2', 'One')),
      wire.done(wire.answerItem('m3', 'Two')),
    );
    await chat.until(() => chat.all('.assistant').length === 2);
    expect(actionRows(chat)).toEqual([]);
    chat.server.stream.close();
    await chat.until(() => actionRows(chat).length === 1);
    expect(actionRows(chat)[0]?.previousElementSibling?.textContent).toContain('Two');
  });

  it('[row 99] ends where the assistant says so, and what follows is the next', async () => {
    const chat = await streaming(
      await new Mounted().start(everything),
      wire.done(wire.answerItem('m2', 'One')),
      endOfTurn(),
    );
    await chat.until(() => actionRows(chat).length === 1);
    expect(chat.find('[role=log]').getAttribute('aria-busy')).toBe('true');
    chat.server.stream.send(wire.done(wire.answerItem('m3', 'Two')), endOfTurn('e2')).close();
    await chat.until(() => actionRows(chat).length === 2);
    expect(chat.find('[role=status].spoken').textContent).toBe('Answer: Two');
    for (const copy of chat.all('.item-actions .copy')) (copy as HTMLElement).click();
    await chat.until(() => copied().length === 2);
    expect(copied()).toEqual(['One', 'Two']);
  });

  it('[row 99] of nothing but a call has no actions', async () => {
    const call = {
      id: 'c',
      type: 'client_tool_call',
      status: 'completed',
      call_id: 'c',
      name: 'n',
    };
    const chat = await streaming(
      await new Mounted().start(everything),
      wire.done(call),
      endOfTurn(),
    );
    chat.server.stream.close();
    await chat.until(() => chat.find('[role=log]').getAttribute('aria-busy') === 'false');
    expect(actionRows(chat)).toEqual([]);
  });

  it('[row 100] is copied as its words: those of all messages, and of a widget those it is to be copied as', async () => {
    const chat = await streaming(
      await new Mounted().start(),
      wire.done(wire.answerItem('m2', 'You **can**:')),
      wire.done({ ...WIDGET, copy_text: 'Move $250.' }),
    );
    chat.server.stream.close();
    await chat.until(() => actionRows(chat).length === 1);
    chat.button('Copy').click();
    await chat.until(() => copied().length === 1);
    expect(copied()).toEqual(['You **can**:\n\nMove $250.']);
    await chat.until(() => chat.button('Copied') !== null);
  });

  it('[row 100] without words has nothing to copy, and the page may forbid it', async () => {
    const image = {
      id: 'g',
      type: 'generated_image',
      image: { id: 'i', url: 'data:image/png;base64,' },
    };
    const chat = await streaming(await new Mounted().start(everything), wire.done(image));
    chat.server.stream.close();
    await chat.until(() => chat.all('.thumb').length === 2);
    expect(names(actionRows(chat)[0])).toEqual(['Good answer', 'Bad answer', 'Answer again']);
    const other = await new Mounted().start({
      threadItemActions: { copy: false, retry: true } as object,
    });
    await other.exchange('Q', wire.exchange('Q', 'A'));
    await other.until(() => actionRows(other).length === 1);
    expect(names(actionRows(other)[0])).toEqual(['Answer again']);
  });

  it('[row 102] is answered again from its own question, and what followed is gone', async () => {
    const chat = await new Mounted().start(everything);
    await chat.exchange('Q', wire.exchange('Q', 'A'));
    await chat.exchange('R', [
      wire.done(wire.userItem('m3', 'R')),
      wire.done(wire.answerItem('m4', 'B')),
    ]);
    await chat.until(() => chat.all('[part=retry-button]').length === 2);
    (chat.all('[part=retry-button]')[0] as HTMLElement).click();
    await chat.until(() => chat.server.count('threads.retry_after_item') === 1);
    expect(chat.server.last('threads.retry_after_item')?.params).toEqual({
      thread_id: 'thr_1',
      item_id: 'm1',
    });
    await chat.settled();
    expect(chat.all('.bubble').map(words)).toEqual(['Q']);
    expect(chat.all('.assistant')).toEqual([]);
  });
});

describe('a widget in words', () => {
  it('is never nothing, follows its updates, and reads as markdown only what is', async () => {
    const chat = await streaming(await new Mounted().start(), wire.added(WIDGET));
    await chat.until(() => chat.all('.widget').length === 1);
    expect([...chat.find('.widget').children].map(words)).toEqual([
      'Assistant said:',
      'Draft',
      'Savings',
      'Move $2',
      '*not* marked',
      'A chart',
      'Move it',
      'Confirm',
    ]);
    expect(chat.all('.widget img')).toEqual([]);
    chat.server.stream.send(
      wire.update('w1', {
        type: 'widget.streaming_text.value_delta',
        component_id: 't',
        delta: '50** now',
        done: true,
      }),
    );
    await chat.until(() => words(chat.find('.widget .prose')) === 'Move $250 now');
    chat.server.stream.send(
      wire.update('w1', { type: 'widget.root.updated', widget: { type: 'Chart', data: [] } }),
    );
    await chat.until(() => chat.find('.list').textContent?.includes('cannot be shown') === true);
  });
});

describe('[row 101] feedback', () => {
  const answer = async (server: FakeServer) => {
    const chat = await new Mounted(server).start(everything);
    await chat.exchange('Q', [
      ...opening,
      wire.done({ id: 'k', type: 'task', task: { type: 'custom', title: 'Looked' } }),
      wire.done(wire.answerItem('m2', 'A')),
      wire.done(WIDGET),
      endOfTurn(),
    ]);
    await chat.until(() => chat.all('.thumb').length === 2);
    return chat;
  };
  /** So many ratings were sent, and none is on its way. */
  const idle = (chat: Mounted, count: number) =>
    chat.server.count('items.feedback') === count &&
    chat.all('.thumb[aria-pressed=true][aria-disabled=false]').length === 1;
  const pressed = (chat: Mounted) =>
    chat.all('.thumb').map((thumb) => thumb.getAttribute('aria-pressed'));

  it('is about everything the assistant put into the turn, and can be changed', async () => {
    const chat = await answer(new FakeServer().answer('items.feedback', {}));
    expect(pressed(chat)).toEqual(['false', 'false']);
    chat.button('Good answer').click();
    await chat.until(() => idle(chat, 1));
    expect(pressed(chat)).toEqual(['true', 'false']);
    expect(chat.server.last('items.feedback')?.params).toEqual({
      thread_id: 'thr_1',
      item_ids: ['k', 'm2', 'w1'],
      kind: 'positive',
    });
    chat.button('Good answer').click();
    chat.button('Bad answer').click();
    await chat.until(() => idle(chat, 2));
    expect(pressed(chat)).toEqual(['false', 'true']);
    expect(chat.server.count('items.feedback')).toBe(2);
  });

  it('is shown at once, not sent twice, and taken back with a word when it fails', async () => {
    let reply: (response: Response) => void = () => {};
    const server = new FakeServer();
    server.answer('items.feedback', {});
    const chat = await answer(server);
    chat.button('Good answer').click();
    await chat.until(() => idle(chat, 1));
    const waiting = new Promise<Response>((resolve) => {
      reply = resolve;
    });
    server.fetch.mockImplementationOnce(() => waiting);
    chat.button('Bad answer').click();
    await chat.until(() => pressed(chat)[1] === 'true');
    expect(chat.button('Bad answer').getAttribute('aria-disabled')).toBe('true');
    chat.button('Good answer').click();
    reply(refusal(500, 'internal', ''));
    await chat.until(() => pressed(chat)[0] === 'true');
    expect(pressed(chat)).toEqual(['true', 'false']);
    expect(words(chat.find('.feedback-failed'))).toBe('Your rating could not be sent.');
    expect(server.count('items.feedback')).toBe(1);
    expect(chat.named('error')).toHaveLength(1);
  });

  it('is asked for only where the page wants it', async () => {
    const chat = await new Mounted().start();
    await chat.exchange('Q', wire.exchange('Q', 'A'));
    await chat.settled();
    expect(chat.all('.thumb')).toEqual([]);
  });
});
