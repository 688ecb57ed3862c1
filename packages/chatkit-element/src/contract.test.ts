import { afterEach, describe, expect, it, vi } from 'vitest';
import { FakeServer, refusal } from './testing/fake-server';
import { EVENT_NAMES, Mounted } from './testing/mount';
import * as wire from './testing/wire';

// What a page written for the original relies on, whatever happens inside.

afterEach(() => {
  document.body.replaceChildren();
});

const toolCall = {
  id: 'c1',
  type: 'client_tool_call',
  status: 'pending',
  call_id: 'call',
  name: 'where',
  arguments: { k: 1 },
};

function everything(): FakeServer {
  return new FakeServer()
    .answer('threads.get_by_id', ({ thread_id: id }) =>
      wire.thread(String(id), {
        title: 'Rent',
        items: { data: [wire.userItem('m1', 'Q'), wire.answerItem('m2', 'A')], has_more: true },
      }),
    )
    .answer('items.list', { data: [wire.userItem('m1', 'Q')], has_more: true, after: 'm1' })
    .answer('threads.list', { data: [wire.thread('thr_2', { title: 'Rent' })], has_more: false })
    .answer('threads.update', wire.thread())
    .answer('threads.delete', Response.json({}));
}

describe('events', () => {
  it('[row 6] each of the 13 has the detail of the original, and stays on the element', async () => {
    const server = everything();
    const chat = new Mounted(server);
    const bubbled = vi.fn();
    for (const name of EVENT_NAMES) document.addEventListener(name, bubbled);
    await chat.start({ composer: { tools: [{ id: 'web', label: 'Search', icon: 'globe' }] } });
    await chat.element.setComposerValue({ selectedToolId: 'web' });
    await chat.exchange('Q', [
      ...wire.exchange('Q', '[rows](chatkit-link://rows?month=10)'),
      { type: 'client_effect', name: 'glow', data: { level: 2 } },
      { type: 'client_effect', name: 'bare' },
    ]);
    await chat.settled();
    chat.find('.deeplink').click();
    await chat.element.showHistory();
    await chat.element.hideHistory();
    await chat.element.setThreadId('thr_2');
    server.answer('threads.get_by_id', refusal(404, 'not_found', 'No such chat.'));
    await chat.element.setThreadId('thr_3').catch(() => {});
    const error = expect.objectContaining({ message: 'No such chat.' });
    const text = [{ type: 'input_text', text: 'Q' }];
    // Whether the tool goes before the message is sent or after is not said anywhere.
    expect(chat.named('tool.change')).toEqual([{ toolId: 'web' }, { toolId: null }]);
    expect(chat.events.filter(([name]) => name !== 'tool.change')).toEqual([
      ['ready', null],
      ['log', { name: 'composer.submit', data: { text } }],
      ['thread.change', { threadId: 'thr_1' }],
      ['response.start', null],
      ['effect', { name: 'glow', data: { level: 2 } }],
      ['effect', { name: 'bare' }],
      ['response.end', null],
      ['deeplink', { name: 'rows', data: { month: '10' } }],
      ['history.open', null],
      ['history.close', null],
      ['thread.load.start', { threadId: 'thr_2' }],
      ['thread.change', { threadId: 'thr_2' }],
      ['thread.load.end', { threadId: 'thr_2' }],
      ['thread.load.start', { threadId: 'thr_3' }],
      ['thread.change', { threadId: null }],
      ['error', { error }],
      ['thread.load.end', { threadId: 'thr_3' }],
    ]);
    expect(bubbled).not.toHaveBeenCalled();
    for (const name of EVENT_NAMES) document.removeEventListener(name, bubbled);
  });

  it('[row 18] an error of the server is an event and a notice, in its own words', async () => {
    const chat = await new Mounted().start();
    await chat.exchange('Q', [
      wire.created(),
      wire.done(wire.userItem('m1', 'Q')),
      { type: 'error', code: 'custom', message: 'The ledger is closed.', allow_retry: false },
    ]);
    await chat.settled();
    expect(chat.named('error')).toEqual([
      { error: expect.objectContaining({ message: 'The ledger is closed.' }) },
    ]);
    expect(chat.find('[part=failure]').textContent).toContain('The ledger is closed.');
  });

  it('[row 19] the log tells what was sent and what was not understood', async () => {
    const chat = await new Mounted().start();
    await chat.exchange('Q', [...wire.exchange('Q', 'A'), { type: 'later.event' }]);
    expect(chat.named('log')).toEqual([
      { name: 'composer.submit', data: { text: [{ type: 'input_text', text: 'Q' }] } },
      { name: 'event.skipped', data: { type: 'later.event' } },
    ]);
  });
});

describe('requests', () => {
  it('[row 13] [row 14] [row 15] all go through api.fetch to the address as it was given', async () => {
    const own = vi.spyOn(globalThis, 'fetch');
    const server = everything();
    const chat = await new Mounted(server).start({
      api: { url: 'chat/?tenant=1', domainKey: 'anything at all', fetch: server.fetch },
      history: { showRename: true, showDelete: true },
      threadItemActions: { retry: true },
      onClientTool: () => ({ place: 'here' }),
    });
    await chat.exchange('Q', wire.exchange('Q', 'A'));
    await chat.settled();
    chat.button('Answer again').click();
    await chat.until(() => server.count('threads.retry_after_item') === 1);
    server.stream.send(wire.done(toolCall)).close();
    await chat.until(() => server.count('threads.add_client_tool_output') === 1);
    server.stream.close();
    await chat.until(() => chat.shadow.querySelector('[aria-busy="false"]') !== null);
    void chat.element.sendCustomAction({ type: 'x' });
    await chat.until(() => server.count('threads.custom_action') === 1);
    server.stream.close();
    await chat.until(() => chat.shadow.querySelector('[aria-busy="false"]') !== null);
    await chat.exchange('More', []);
    await chat.element.fetchUpdates();
    chat.button('Show earlier messages').click();
    await chat.element.showHistory();
    await chat.until(() => chat.all('.thread').length === 1);
    chat.button('Rename “Rent”').click();
    await chat.settled();
    chat.find<HTMLInputElement>('.renaming input').value = 'Flat';
    chat.find<HTMLFormElement>('.renaming').requestSubmit();
    await chat.until(() => server.count('threads.update') === 1);
    chat.button('Delete “Flat”').click();
    await chat.settled();
    chat.button('Delete').click();
    await chat.until(() => server.count('threads.delete') === 1);

    expect([...new Set(server.requests.map(({ type }) => type))].sort()).toEqual([
      'items.list',
      'threads.add_client_tool_output',
      'threads.add_user_message',
      'threads.create',
      'threads.custom_action',
      'threads.delete',
      'threads.get_by_id',
      'threads.list',
      'threads.retry_after_item',
      'threads.update',
    ]);
    expect([...new Set(server.requests.map(({ url }) => url))]).toEqual(['chat/?tenant=1']);
    expect(JSON.stringify(server.requests)).not.toContain('anything at all');
    expect(own).not.toHaveBeenCalled();
  });
});

describe('methods', () => {
  it('[row 7] all nine are there, and all but setOptions give a promise of nothing', async () => {
    const chat = await new Mounted(everything()).start();
    const { element } = chat;
    expect(element.setOptions(chat.options())).toBeUndefined();
    const asked: Array<[string, () => Promise<void>]> = [
      ['focusComposer', () => element.focusComposer()],
      ['setThreadId', () => element.setThreadId('thr_1')],
      ['fetchUpdates', () => element.fetchUpdates()],
      ['setComposerValue', () => element.setComposerValue({ text: 'draft' })],
      ['showHistory', () => element.showHistory()],
      ['hideHistory', () => element.hideHistory()],
      ['sendUserMessage', () => element.sendUserMessage({ text: 'Q' })],
    ];
    for (const [name, call] of asked) {
      const given = call();
      expect(given, name).toBeInstanceOf(Promise);
      expect(await given, name).toBeUndefined();
    }
    chat.server.stream.close();
    await chat.until(() => chat.shadow.querySelector('[aria-busy="false"]') !== null);
    expect(await element.sendCustomAction({ type: 'x' }, 'm1')).toBeUndefined();
    expect(chat.server.last('threads.custom_action')?.params).toEqual({
      thread_id: 'thr_1',
      item_id: 'm1',
      action: { type: 'x' },
    });
  });

  it('[row 8] say why they refuse', async () => {
    const chat = await new Mounted(everything()).start({ history: { enabled: false } });
    const { element } = chat;
    await expect(element.sendCustomAction({ type: 'x' })).rejects.toThrow(
      'ChatKit: sendCustomAction() ignored - no active thread.',
    );
    await expect(element.sendUserMessage({ text: ' ' })).rejects.toThrow(
      'ChatKit: sendUserMessage() ignored - the message is empty.',
    );
    await expect(element.showHistory()).rejects.toThrow(
      'ChatKit: showHistory() ignored - history is disabled.',
    );
    await element.setThreadId('thr_1');
    await element.sendUserMessage({ text: 'Q' });
    const busy = (name: string) => `ChatKit: ${name}() ignored - already responding.`;
    await expect(element.sendUserMessage({ text: 'R' })).rejects.toThrow(busy('sendUserMessage'));
    await expect(element.sendCustomAction({ type: 'x' })).rejects.toThrow(busy('sendCustomAction'));
    await expect(element.setThreadId('thr_2')).rejects.toThrow(busy('setThreadId'));
    await expect(element.setThreadId(null)).rejects.toThrow(busy('setThreadId'));
    await expect(element.fetchUpdates()).rejects.toThrow(busy('fetchUpdates'));
    expect(chat.named('error')).toEqual([]);
  });
});
