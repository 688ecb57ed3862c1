// What can be mentioned after "@" and done after "/" on this page.
const ENTITIES = [
  ['groceries', 'Groceries', 'Categories', 'suitcase', true],
  ['rent', 'Rent', 'Categories', 'home', true],
  ['holidays', 'Holidays', 'Categories', 'globe', true],
  ['travel', 'Travel and transport', 'Categories', 'maps', true],
  ['ada', 'Ada Lovelace', 'People', 'user', true],
  ['alan', 'Alan Turing', 'People', 'user', true],
  ['grace', 'Grace Hopper', 'People', 'user', false],
  ['invoice', 'Invoice A-1023', 'Documents', 'document', true],
  ['contract', 'Rental contract', 'Documents', 'document', false],
].map(([id, title, group, icon, interactive]) => ({
  id,
  title,
  group,
  icon,
  interactive,
  data: { source: 'showcase' },
}));

const LANGUAGES = ['English', 'German', 'Spanish'].map((label) => ({ id: `to-${label}`, label }));

const COMMANDS = [
  { id: 'summary', label: 'Summary', description: 'What was said so far', icon: 'notebook' },
  { id: 'translate', label: 'Translate', description: 'Into a language', icon: 'globe' },
  { id: 'invoice', label: 'Insert an invoice', icon: 'document', group: 'Insert' },
];

/** The entities the visitor clicked, and the commands the visitor gave. */
export const seen = { clicked: [], given: [] };
window.seen = seen;

const find = (list, words, query) =>
  list.filter((entry) => entry[words].toLowerCase().includes(query.toLowerCase()));

export const entities = {
  onTagSearch: async (query) => find(ENTITIES, 'title', query),
  showComposerMenu: true,
  onClick: (entity) => seen.clicked.push(entity),
  onRequestPreview: async ({ id, title, group = '' }) => ({
    preview: ENTITIES.some((entity) => entity.id === id) ? card(id, title, group) : null,
  }),
};

const card = (id, title, group) => ({
  type: 'Basic',
  children: [
    {
      type: 'Row',
      gap: 2,
      align: 'center',
      children: [
        { type: 'Icon', name: ENTITIES.find((entity) => entity.id === id).icon },
        { type: 'Title', value: title, size: 'sm' },
        { type: 'Spacer' },
        { type: 'Badge', label: group, color: 'info' },
      ],
    },
    { type: 'Text', value: 'Kept by this page, and known to nobody else.' },
    { type: 'Divider' },
    { type: 'Caption', value: 'Last changed on 3 November' },
  ],
});

export const commands = {
  enabled: true,
  onSearch: async (query) => find(COMMANDS, 'label', query),
  onSelect: async (command) => {
    seen.given.push(command.id);
    if (command.id === 'translate') return { type: 'menu', commands: LANGUAGES };
    if (command.id === 'invoice') {
      return { type: 'entity', entity: ENTITIES.find(({ id }) => id === 'invoice') };
    }
    return undefined;
  },
};
