/** Events and items as the server writes them. */

const CREATED = '2026-11-22T06:41:16.120756';

export const thread = (id = 'thr_1', more: object = {}) => ({
  id,
  created_at: CREATED,
  status: { type: 'active' },
  metadata: {},
  items: { data: [], has_more: false },
  ...more,
});

export const userItem = (id: string, text: string) => ({
  id,
  thread_id: 'thr_1',
  created_at: CREATED,
  type: 'user_message',
  content: [{ type: 'input_text', text }],
  attachments: [],
  quoted_text: '',
  inference_options: {},
});

export const answerItem = (id: string, text: string) => ({
  id,
  thread_id: 'thr_1',
  created_at: CREATED,
  type: 'assistant_message',
  content: [{ annotations: [], text, type: 'output_text' }],
});

export const created = (id = 'thr_1') => ({ type: 'thread.created', thread: thread(id) });
export const updated = (more: object) => ({
  type: 'thread.updated',
  thread: thread('thr_1', more),
});
export const done = (item: object) => ({ type: 'thread.item.done', item });
export const added = (item: object) => ({ type: 'thread.item.added', item });
export const options = (allowCancel = true) => ({
  type: 'stream_options',
  stream_options: { allow_cancel: allowCancel },
});
export const progress = (text: string) => ({ type: 'progress_update', icon: 'search', text });
export const update = (itemId: string, change: object) => ({
  type: 'thread.item.updated',
  item_id: itemId,
  update: change,
});
export const delta = (itemId: string, text: string) =>
  update(itemId, {
    type: 'assistant_message.content_part.text_delta',
    content_index: 0,
    delta: text,
  });

/** What an answer looks like until its first word. */
export const opening = (itemId: string) => [
  added({ ...answerItem(itemId, ''), content: [] }),
  update(itemId, {
    type: 'assistant_message.content_part.added',
    content_index: 0,
    content: { annotations: [], text: '', type: 'output_text' },
  }),
];

/** A whole first exchange. */
export const exchange = (question: string, answer: string) => [
  created(),
  done(userItem('m1', question)),
  options(),
  ...opening('m2'),
  delta('m2', answer),
  done(answerItem('m2', answer)),
];

export const loaded = (id: string, items: object[], more: object = {}) =>
  thread(id, { items: { data: items, has_more: false }, ...more });
