import { describe, expect, it } from 'vitest';
import { readEvent } from '../protocol/events';
import { readItem, type ThreadItem, type UserMessage } from '../protocol/items';
import { readThread, type Thread } from '../protocol/threads';
import * as wire from '../testing/wire';
import { type ChatEvent, reduce } from './reducer';
import { type ChatState, EMPTY_CHAT, messageText } from './state';
import { unconfirmedMessage } from './user-input';

const stream = (...events: object[]): ChatEvent[] =>
  events.map((value) => {
    const event = readEvent(value);
    if (!event) throw new Error(`Unreadable: ${JSON.stringify(value)}`);
    return { type: 'stream', event };
  });

const play = (events: ChatEvent[], from: ChatState = EMPTY_CHAT) => events.reduce(reduce, from);
const item = (value: object) => readItem(value) as ThreadItem;
const aThread = (value: object = wire.thread()) => readThread(value) as Thread;
const question = (text: string): UserMessage =>
  unconfirmedMessage({ content: [{ type: 'input_text', text }], attachments: [], quotedText: '' });
const texts = (state: ChatState) => state.entries.map((entry) => messageText(entry.item));
const sent = (text: string): ChatEvent => ({ type: 'message.sent', item: question(text) });

describe('a message of the user', () => {
  it('[row 45] shows at once and keeps its place and key when the server confirms it', () => {
    const waiting = play([sent('Hello')]);
    expect(waiting).toMatchObject({ phase: 'responding', entries: [{ status: 'sending' }] });
    const confirmed = play(
      stream(wire.created(), wire.done(wire.userItem('m1', 'Hello'))),
      waiting,
    );
    expect(confirmed.entries).toHaveLength(1);
    expect(confirmed.entries[0]).toMatchObject({ status: 'done', item: { id: 'm1' } });
    expect(confirmed.entries[0]?.key).toBe(waiting.entries[0]?.key);
  });

  it('is withdrawn alone', () => {
    const state = play([
      ...stream(wire.done(wire.userItem('m1', 'Kept'))),
      sent('Gone'),
      { type: 'message.withdrawn' },
    ]);
    expect(texts(state)).toEqual(['Kept']);
  });
});

describe('events of a response', () => {
  it('thread.created and thread.updated set the thread and leave the items', () => {
    const state = play(
      stream(
        ...wire.exchange('Q', 'A'),
        wire.updated({ title: 'T', status: { type: 'locked', reason: 'why' } }),
      ),
    );
    expect(state.thread).toMatchObject({
      id: 'thr_1',
      title: 'T',
      status: { type: 'locked', reason: 'why' },
    });
    expect(texts(state)).toEqual(['Q', 'A']);
  });

  it('text grows with every delta and is replaced by the finished item', () => {
    const growing = play(
      stream(...wire.opening('a'), wire.delta('a', 'Hel'), wire.delta('a', 'lo')),
    );
    expect(growing.entries[0]).toMatchObject({ status: 'streaming' });
    expect(texts(growing)).toEqual(['Hello']);
    const finished = play(stream(wire.done(wire.answerItem('a', 'Hello.'))), growing);
    expect(finished.entries).toMatchObject([{ status: 'done' }]);
    expect(texts(finished)).toEqual(['Hello.']);
  });

  it('a delta creates the part it belongs to', () => {
    const late = wire.update('a', {
      type: 'assistant_message.content_part.text_delta',
      content_index: 1,
      delta: 'two',
    });
    const state = play(stream(wire.added({ ...wire.answerItem('a', ''), content: [] }), late));
    expect(state.entries[0]?.item).toMatchObject({ content: [{ text: '' }, { text: 'two' }] });
  });

  it('annotations survive a finished part that has lost them', () => {
    const annotation = {
      source: { type: 'url', title: 'Site', url: 'https://example.com' },
      index: 2,
    };
    const state = play(
      stream(
        ...wire.opening('a'),
        wire.update('a', {
          type: 'assistant_message.content_part.annotation_added',
          content_index: 0,
          annotation_index: 0,
          annotation,
        }),
        wire.update('a', {
          type: 'assistant_message.content_part.done',
          content_index: 0,
          content: { text: 'Hi', annotations: [] },
        }),
      ),
    );
    expect(state.entries[0]?.item).toMatchObject({
      content: [{ text: 'Hi', annotations: [{ source: { title: 'Site' } }] }],
    });
  });

  it('tasks of a workflow are added and updated', () => {
    const state = play(
      stream(
        wire.added({ id: 'w', type: 'workflow', workflow: { type: 'custom', tasks: [] } }),
        wire.update('w', {
          type: 'workflow.task.added',
          task_index: 0,
          task: { type: 'custom', title: 'One', status_indicator: 'loading' },
        }),
        wire.update('w', {
          type: 'workflow.task.updated',
          task_index: 0,
          task: { type: 'custom', title: 'Done', status_indicator: 'complete' },
        }),
      ),
    );
    expect(state.entries[0]?.item).toMatchObject({
      workflow: { tasks: [{ title: 'Done', status: 'complete' }] },
    });
  });

  it('an item added twice is one item', () => {
    expect(play(stream(...wire.opening('a'), ...wire.opening('a'))).entries).toHaveLength(1);
  });

  it('an update of an unknown item changes nothing', () => {
    expect(texts(play(stream(...wire.exchange('Q', 'A'), wire.delta('nobody', 'x'))))).toEqual([
      'Q',
      'A',
    ]);
  });

  it('an item is removed, or replaced where it stands', () => {
    const before = play(stream(...wire.exchange('Q', 'A')));
    expect(texts(play(stream({ type: 'thread.item.removed', item_id: 'm2' }), before))).toEqual([
      'Q',
    ]);
    const replaced = { type: 'thread.item.replaced', item: wire.userItem('m1', 'Q2') };
    expect(texts(play(stream(replaced), before))).toEqual(['Q2', 'A']);
  });

  it('stream_options allows or forbids stopping', () => {
    expect(play(stream(wire.options(false))).allowCancel).toBe(false);
    expect(play([...stream(wire.options(false)), sent('next')]).allowCancel).toBe(true);
  });

  it('progress stands until content comes', () => {
    const searching = play(stream(wire.progress('Searching')));
    expect(searching.progress).toEqual({ icon: 'search', text: 'Searching' });
    expect(play(stream(...wire.opening('a')), searching).progress).toBeNull();
  });

  it('notices collect and can be dismissed', () => {
    const notice = { type: 'notice', level: 'warning', message: '**n**', title: 'N' };
    const state = play(stream(notice, notice));
    expect(state.notices).toHaveLength(2);
    const key = state.notices[0]?.key ?? '';
    expect(play([{ type: 'notice.dismissed', key }], state).notices).toEqual([state.notices[1]]);
  });

  it('an error says whether the answer may be asked for again', () => {
    const error = { type: 'error', code: 'custom', message: 'nope', allow_retry: true };
    expect(play(stream(error)).failure).toEqual({
      code: 'custom',
      message: 'nope',
      remedy: 'regenerate',
    });
    expect(play(stream({ ...error, allow_retry: false })).failure).toMatchObject({ remedy: null });
  });

  it('client_effect leaves the view alone', () => {
    const before = play(stream(...wire.exchange('Q', 'A')));
    expect(play(stream({ type: 'client_effect', name: 'fx' }), before)).toBe(before);
  });
});

describe('the end of a response', () => {
  it('keeps what has arrived and stops all movement', () => {
    const state = play([
      sent('Q'),
      ...stream(...wire.opening('a'), wire.delta('a', 'Half'), wire.progress('…')),
      { type: 'response.finished' },
    ]);
    expect(state).toMatchObject({ phase: 'idle', progress: null });
    expect(state.entries.at(-1)).toMatchObject({ status: 'cut' });
    expect(texts(state)).toEqual(['Q', 'Half']);
  });

  it('a failure keeps the unconfirmed message to send again', () => {
    const failure = { code: 'network', message: null, remedy: 'resend' as const };
    const state = play([sent('Q'), { type: 'request.failed', failure }]);
    expect(state).toMatchObject({ phase: 'idle', failure, entries: [{ status: 'unsent' }] });
  });

  it('asking again drops what the server deletes', () => {
    const before = play(stream(...wire.exchange('Q', 'A')));
    const state = play([{ type: 'response.requested', dropAfter: 'm1' }], before);
    expect(texts(state)).toEqual(['Q']);
    expect(state.phase).toBe('responding');
  });
});

describe('a thread', () => {
  const page = (ids: string[], hasMore: boolean) => ({
    data: ids.map((id) => item(wire.answerItem(id, id))),
    has_more: hasMore,
    after: ids[0],
  });

  it('opens with its newest items and knows that there are older ones', () => {
    const state = play([
      { type: 'load.started' },
      { type: 'load.finished', thread: aThread(), newest: page(['c', 'd'], true) },
    ]);
    expect(state).toMatchObject({ phase: 'idle', older: { hasMore: true, after: 'c' } });
    const all = play(
      [{ type: 'older.requested' }, { type: 'older.finished', page: page(['a', 'b', 'c'], false) }],
      state,
    );
    expect(texts(all)).toEqual(['a', 'b', 'c', 'd']);
    expect(all.older).toMatchObject({ hasMore: false, status: 'idle' });
  });

  it('refreshed keeps older items already read, and the keys of those on screen', () => {
    const before = play([
      { type: 'load.finished', thread: aThread(), newest: page(['c', 'd'], true) },
      { type: 'older.finished', page: page(['b'], true) },
    ]);
    const state = play(
      [{ type: 'thread.refreshed', thread: aThread(), newest: page(['c', 'd', 'e'], true) }],
      before,
    );
    expect(texts(state)).toEqual(['b', 'c', 'd', 'e']);
  });

  it('refreshed drops what was deleted on the server', () => {
    const before = play([
      { type: 'load.finished', thread: aThread(), newest: page(['c', 'd'], false) },
    ]);
    expect(
      texts(
        play([{ type: 'thread.refreshed', thread: aThread(), newest: page(['d'], false) }], before),
      ),
    ).toEqual(['d']);
  });

  it('a refresh of another thread is ignored', () => {
    const before = play([{ type: 'load.finished', thread: aThread(), newest: page(['c'], false) }]);
    const other = aThread(wire.thread('other'));
    expect(
      play([{ type: 'thread.refreshed', thread: other, newest: page([], false) }], before),
    ).toBe(before);
  });

  it('is renamed in place', () => {
    const before = play(stream(wire.created()));
    expect(
      play([{ type: 'thread.renamed', threadId: 'thr_1', title: 'New' }], before).thread?.title,
    ).toBe('New');
    expect(play([{ type: 'thread.renamed', threadId: 'x', title: 'New' }], before)).toBe(before);
  });
});
