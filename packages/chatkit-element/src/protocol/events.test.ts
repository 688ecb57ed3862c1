import { describe, expect, it } from 'vitest';
import { answerItem, thread, userItem } from '../testing/wire';
import { readEvent } from './events';

describe('readEvent', () => {
  it('reads every event of the protocol', () => {
    const events = [
      { type: 'thread.created', thread: thread() },
      { type: 'thread.updated', thread: thread() },
      { type: 'thread.item.added', item: answerItem('a', '') },
      { type: 'thread.item.done', item: userItem('u', 'Hi') },
      { type: 'thread.item.replaced', item: answerItem('a', 'x') },
      { type: 'thread.item.removed', item_id: 'a' },
      { type: 'stream_options', stream_options: { allow_cancel: false } },
      { type: 'progress_update', text: 'Searching' },
      { type: 'client_effect', name: 'fx', data: { k: 1 } },
      { type: 'error', code: 'custom', message: 'nope', allow_retry: true },
      { type: 'notice', level: 'warning', message: '**n**', title: 'N' },
    ];
    expect(events.map((event) => readEvent(event)?.type)).toEqual(events.map(({ type }) => type));
    expect(readEvent(events[6])).toMatchObject({ allow_cancel: false });
    expect(readEvent(events[8])).toEqual({ type: 'client_effect', name: 'fx', data: { k: 1 } });
  });

  it.each([
    'content_part.added',
    'content_part.text_delta',
    'content_part.annotation_added',
    'content_part.done',
  ])('reads the message update %s', (kind) => {
    const update = {
      type: `assistant_message.${kind}`,
      content_index: 0,
      content: { text: 'x', annotations: [] },
      delta: 'x',
      annotation_index: 0,
      annotation: { source: { type: 'url', title: 'T', url: 'https://example.com' }, index: 1 },
    };
    const event = readEvent({ type: 'thread.item.updated', item_id: 'a', update });
    expect(event).toMatchObject({ item_id: 'a', update: { type: kind, content_index: 0 } });
  });

  it.each([
    ['an event of a later version', { type: 'thread.dreamt' }],
    [
      'an update of a later version',
      { type: 'thread.item.updated', item_id: 'a', update: { type: 'x' } },
    ],
    [
      'hidden context',
      { type: 'thread.item.added', item: { id: 'h', type: 'sdk_hidden_context' } },
    ],
    ['an item without id', { type: 'thread.item.done', item: { type: 'user_message' } }],
    [
      'an update at a monstrous index',
      {
        type: 'thread.item.updated',
        item_id: 'a',
        update: {
          type: 'assistant_message.content_part.text_delta',
          content_index: 1e9,
          delta: 'x',
        },
      },
    ],
    ['no object', 'text'],
    ['null', null],
  ])('skips %s', (_, value) => {
    expect(readEvent(value)).toBeNull();
  });

  it('keeps the words of an item it cannot draw', () => {
    const widget = {
      type: 'Card',
      children: [
        { type: 'Title', value: 'Balances' },
        {
          type: 'Row',
          children: [
            { type: 'Text', value: 'Checking' },
            { type: 'Badge', label: 'USD' },
          ],
        },
        { type: 'Button', onClickAction: null },
      ],
    };
    const event = readEvent({
      type: 'thread.item.done',
      item: { id: 'w', type: 'widget', widget },
    });
    expect(event).toMatchObject({
      item: { type: 'widget', widget },
    });
  });
});
