import * as wire from '../wire';

const base = (type: string, id: string) => ({
  ...wire.answerItem(id, ''),
  content: undefined,
  type,
});

const sources = (text: string, address: string) => [
  {
    type: 'url',
    title: text,
    url: address,
    description: text,
    attribution: text,
    group: text,
    timestamp: text,
    icon: text,
  },
  { type: 'file', title: text, filename: text, description: text },
  {
    type: 'entity',
    id: text,
    title: text,
    icon: text,
    label: text,
    inline_label: text,
    interactive: true,
    data: { text },
  },
];

const tasks = (text: string, address: string) => [
  { type: 'custom', title: text, content: text, icon: text, status_indicator: 'loading' },
  {
    type: 'web_search',
    title: text,
    title_query: text,
    queries: [text],
    sources: sources(text, address),
    status_indicator: 'complete',
  },
  { type: 'thought', title: text, content: text },
  { type: 'file', title: text, sources: sources(text, address) },
  { type: 'image', title: text },
];

/** One text in every place of a thread that shows words of others. */
export function itemsWith(text: string, address: string, id: string): object[] {
  return [
    {
      ...wire.userItem(`${id}-user`, text),
      content: [
        { type: 'input_text', text },
        { type: 'input_tag', text, id: text, group: text, data: { text }, interactive: true },
      ],
      attachments: [
        { type: 'file', id: `${id}-file`, name: text, mime_type: text },
        {
          type: 'image',
          id: `${id}-image`,
          name: text,
          mime_type: 'image/png',
          preview_url: address,
        },
      ],
      quoted_text: text,
    },
    {
      ...base('workflow', `${id}-workflow`),
      workflow: {
        type: 'custom',
        summary: { title: text, icon: text },
        tasks: tasks(text, address),
        expanded: true,
      },
    },
    { ...base('task', `${id}-task`), task: tasks(text, address)[1] },
    {
      ...wire.answerItem(`${id}-answer`, text),
      content: [
        {
          type: 'output_text',
          text,
          annotations: sources(text, address).map((source, at) => ({
            type: 'annotation',
            source,
            index: at,
          })),
        },
      ],
    },
    { ...base('generated_image', `${id}-generated`), image: { id: text, url: address } },
    {
      ...base('client_tool_call', `${id}-tool`),
      status: 'completed',
      call_id: text,
      name: text,
      arguments: { text },
    },
    {
      ...base('structured_input', `${id}-input`),
      status: 'answered',
      inputs: [
        {
          type: 'multiple_choice',
          id: 'a',
          title: text,
          question: text,
          options: [{ value: text, label: text }],
          multiple: true,
        },
        { type: 'freeform', id: 'b', title: text, question: text, description: text },
      ],
      answers: { a: { values: [text], skipped: false }, b: { values: [text], skipped: false } },
    },
    {
      ...base('widget', `${id}-widget`),
      widget: { type: 'Card', children: [{ type: 'Text', value: text }] },
      copy_text: text,
    },
    { ...base(text || 'unknown', `${id}-unknown`), text, content: text },
  ];
}

/** One text in the places that read markdown, with sources at an address. */
export function proseWith(text: string, address: string, id: string): object[] {
  const shown = ['task', 'answer', 'generated'].map((kind) => `${id}-${kind}`);
  return itemsWith(text, address, id).filter(
    (item) => 'id' in item && shown.includes(String(item.id)),
  );
}

/** What else a server says while it answers. */
export function eventsWith(text: string, id: string): object[] {
  return [
    { type: 'progress_update', icon: text, text },
    ...wire.opening(`${id}-growing`),
    wire.delta(`${id}-growing`, text.slice(0, text.length / 2)),
    wire.delta(`${id}-growing`, text.slice(text.length / 2)),
    { type: 'notice', level: 'warning', message: text, title: text },
    { type: 'client_effect', name: text, data: { text } },
  ];
}
