import { render } from 'lit';
import { expect, it } from 'vitest';
import { en } from '../../locales/en';
import { readEvent } from '../../protocol/events';
import { until } from '../../testing/fake-server';
import { numbers, spoil } from '../../testing/spoiled';
import * as wire from '../../testing/wire';
import { reduce } from '../../thread/reducer';
import { type ChatState, EMPTY_CHAT } from '../../thread/state';
import { Entities } from '../entities/entities';
import { questionForm } from '../structured-input/asking';
import { AnswerParts } from '../thread-item/answer-parts';
import type { ChatView } from '../view';
import { messageList } from './message-list';

const EVENTS: object[] = [
  ...wire.exchange('Q', '**A** | b |'),
  wire.updated({ status: { type: 'locked' } }),
  wire.progress('Searching'),
  wire.update('m2', {
    type: 'assistant_message.content_part.annotation_added',
    content_index: 0,
    annotation_index: 0,
    annotation: { source: { type: 'url', title: 'T', url: 'https://example.com' }, index: 1 },
  }),
  wire.added({
    id: 'w',
    type: 'workflow',
    workflow: {
      type: 'reasoning',
      tasks: [{ type: 'thought', content: 'x' }],
      summary: { duration: 3 },
    },
  }),
  wire.update('w', {
    type: 'workflow.task.added',
    task_index: 0,
    task: {
      type: 'web_search',
      title: 'S',
      sources: [{ type: 'url', url: 'https://example.com' }],
    },
  }),
  wire.done({
    id: 'c',
    type: 'widget',
    widget: { type: 'Card', children: [{ type: 'Text', value: 'v' }] },
  }),
  wire.update('c', { type: 'widget.root.updated', widget: { type: 'Basic', children: [] } }),
  wire.update('c', {
    type: 'widget.streaming_text.value_delta',
    component_id: 't',
    delta: 'd',
    done: false,
  }),
  wire.added({ id: 'g', type: 'generated_image', image: null }),
  wire.update('g', {
    type: 'generated_image.updated',
    image: { id: 'i', url: 'data:image/png;base64,' },
    progress: 0.5,
  }),
  wire.done({ id: 'k', type: 'task', task: { type: 'file', sources: [{ filename: 'f' }] } }),
  wire.done({ id: 'e', type: 'end_of_turn' }),
  { type: 'thread.item.replaced', item: wire.answerItem('m2', 'x') },
  { type: 'thread.item.removed', item_id: 'm2' },
  { type: 'notice', level: 'danger', message: 'm', title: 't' },
  { type: 'error', code: 'custom', message: 'm', allow_retry: true },
  { type: 'client_effect', name: 'n', data: {} },
  wire.done({
    id: 's',
    type: 'structured_input',
    status: 'pending',
    inputs: [
      {
        id: 'a',
        type: 'multiple_choice',
        question: 'Q',
        options: [{ value: 'A' }],
        multiple: true,
      },
      { id: 'b', type: 'freeform', question: 'F', description: 'd', answer: { values: ['x'] } },
    ],
  }),
];

type Lent = ConstructorParameters<typeof AnswerParts>[0];

const view: ChatView = {
  state: EMPTY_CHAT,
  strings: en,
  headingLevel: 2,
  entities: new Entities({ view: () => view, root: () => document, report: () => {} }),
  quoting: { begin: () => {} },
  near: (turns) => turns,
  locale: 'en',
  options: {
    api: { url: '/', domainKey: '' },
    threadItemActions: { feedback: true, retry: true },
  },
  markdown: { allowedImageHosts: null, onDeeplink: () => {}, labels: en },
  answers: new AnswerParts({
    view: () => view,
    adopt: () => {},
    redraw: () => {},
    root: () => document,
  } as Partial<Lent> as Lent),
  actions: {} as ChatView['actions'],
  history: {} as ChatView['history'],
  attachments: { version: 0, sent: (files) => files.map(({ name }) => name) },
};
const viewOf = (state: ChatState): ChatView => ({ ...view, state });

it('no broken event, in whatever order, breaks the view', async () => {
  const { sources, steps, images, feedback, asked } = view.answers;
  await until(() => [sources, steps, images, feedback, asked].every((part) => part() !== null));
  const random = numbers(20261122);
  let understood = 0;
  let forms = 0;
  for (let round = 0; round < 300; round += 1) {
    const root = document.createElement('div');
    let state = EMPTY_CHAT;
    for (let step = 0; step < 25; step += 1) {
      const event = readEvent(spoil(EVENTS[Math.floor(random() * EVENTS.length)], random));
      if (!event) continue;
      understood += 1;
      state = reduce(state, { type: 'stream', event });
    }
    render(
      messageList(viewOf(state), () => {}),
      root,
    );
    expect(root.querySelector('[role=log]')).not.toBeNull();
    const form = questionForm(viewOf(state));
    if (!form) continue;
    forms += 1;
    render(form, root.appendChild(document.createElement('div')));
    expect(root.querySelector('form.questions legend')).not.toBeNull();
  }
  expect(forms).toBeGreaterThan(30);
  expect(understood).toBeGreaterThan(3000);
});
