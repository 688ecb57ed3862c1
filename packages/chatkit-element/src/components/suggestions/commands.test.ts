import type { Command, CommandSelection } from '@openai/chatkit';
import { afterEach, expect, it, vi } from 'vitest';
import { Mounted } from '../../testing/mount';

const COMMANDS: Command[] = [
  { id: 'sum', label: 'Summary', description: 'What was said', icon: 'notebook' },
  { id: 'tr', label: 'Translate', group: 'Language' },
];

type Select = (command: Command) => Promise<undefined | CommandSelection>;

async function withCommands(select: Select = async () => undefined) {
  const onSelect = vi.fn(select);
  const onSearch = vi.fn(async (query: string) =>
    COMMANDS.filter(({ label }) => label.toLowerCase().includes(query)),
  );
  const chat = await new Mounted().start({
    commands: { enabled: true, onSearch, onSelect },
    composer: {
      tools: [{ id: 'search', label: 'Search the web', icon: 'search' }],
      models: [{ id: 'big', label: 'Big model' }],
    },
  });
  return { chat, onSelect, onSearch };
}

const lines = (chat: Mounted) =>
  chat.all('[role=option]').map((line) => line.querySelector('.suggestion-label')?.textContent);

/** The list after `text`, whose "/" was typed as such. */
async function open(chat: Mounted, text = '/'): Promise<void> {
  await chat.type(text.slice(0, text.indexOf('/') + 1));
  await chat.until(() => lines(chat).length > 0);
  await chat.type(text);
}

afterEach(() => {
  document.body.replaceChildren();
});

it('[row 60] "/" lists the commands of the page by group, with descriptions', async () => {
  const { chat, onSearch } = await withCommands();
  await open(chat);
  expect(lines(chat).slice(0, 2)).toEqual(['Summary', 'Translate']);
  expect(chat.find('.suggestion-description').textContent).toBe('What was said');
  expect(chat.find('.suggestion-group').textContent).toBe('Language');
  await chat.type('/tr');
  await chat.until(() => lines(chat).length === 1);
  expect(onSearch.mock.calls).toEqual([[''], ['tr']]);
});

it('[row 60] a command is run once, and what was typed for it goes away', async () => {
  const { chat, onSelect } = await withCommands();
  await open(chat, 'Well, /sum');
  await chat.until(() => lines(chat).length === 1);
  chat.press('Enter');
  await chat.until(() => chat.all('.suggestions').length === 0);
  expect(onSelect.mock.calls).toEqual([[expect.objectContaining({ id: 'sum' })]]);
  expect(chat.input.value).toBe('Well, ');
  expect(chat.server.requests).toEqual([]);
});

it('[row 60] an entity that a command gives is put in its place', async () => {
  const entity = { id: 'inv', title: 'Invoice', data: { no: '1' } };
  const { chat } = await withCommands(async () => ({ type: 'entity', entity }));
  await open(chat, '/sum');
  await chat.until(() => lines(chat).length === 1);
  chat.press('Tab');
  await chat.until(() => chat.draft[0]?.type === 'input_tag');
  expect(chat.draft[0]).toMatchObject({ id: 'inv', text: 'Invoice', data: { no: '1' } });
});

it('[row 60] a command may open a menu, to be searched and left again', async () => {
  const { chat, onSelect } = await withCommands(async ({ id }) =>
    id === 'tr'
      ? {
          type: 'menu',
          commands: ['German', 'Greek', 'Dutch'].map((label) => ({ id: label, label })),
        }
      : undefined,
  );
  await open(chat, '/tr');
  await chat.until(() => lines(chat).length === 1);
  chat.press('Enter');
  await chat.until(() => lines(chat).length === 3);
  expect(chat.input.value).toBe('/');
  expect(chat.find('[role=listbox]').getAttribute('aria-label')).toBe('Translate');
  await chat.type('/g');
  expect(lines(chat)).toEqual(['German', 'Greek']);
  chat.press('Escape');
  await chat.until(() => lines(chat)[0] === 'Summary');
  await chat.type('/tr');
  await chat.until(() => lines(chat).length === 1);
  chat.press('Enter');
  await chat.until(() => lines(chat).length === 3);
  chat.press('Backspace');
  await chat.until(() => lines(chat)[0] === 'Summary');
  chat.press('Escape');
  await chat.settled();
  expect(lines(chat)).toEqual([]);
  expect(onSelect).toHaveBeenCalledTimes(2);
});

it('[row 60] a command that fails says so and tells the page; what was typed stays', async () => {
  const { chat } = await withCommands(async () => {
    throw new Error('no');
  });
  await open(chat, '/sum');
  await chat.until(() => lines(chat).length === 1);
  chat.press('Enter');
  await chat.until(() => chat.all('.suggestions-note').length > 0);
  expect(chat.named('error')).toEqual([{ error: new Error('no') }]);
  expect(chat.input.value).toBe('/sum');
});

it('[row 60] what a command gives after the list was left comes too late', async () => {
  let answer: (given: CommandSelection) => void = () => {};
  const { chat } = await withCommands(() => new Promise((resolve) => (answer = resolve)));
  await open(chat, '/sum');
  await chat.until(() => lines(chat).length === 1);
  chat.press('Enter');
  chat.press('Escape');
  await chat.settled();
  expect(lines(chat)).toEqual([]);
  await open(chat, '/sum /');
  await open(chat, '/');
  answer({ type: 'entity', entity: { id: 'e', title: 'E' } });
  await chat.settled();
  expect(chat.draft).toEqual([{ type: 'input_text', text: '/' }]);
});

it.each(['and/', '1/', 'http:/'])('[row 60] %j is no command', async (text) => {
  const { chat, onSearch } = await withCommands();
  await chat.type(text);
  await chat.settled();
  expect(onSearch).not.toHaveBeenCalled();
});

it('[row 61] what the composer itself can do is in the menu, too, and found by its words', async () => {
  const { chat, onSelect } = await withCommands();
  await open(chat);
  expect(lines(chat)).toEqual(['Summary', 'Translate', 'Search the web', 'Big model']);
  await chat.type('/web');
  await chat.until(() => lines(chat).length === 1);
  chat.press('Enter');
  await chat.settled();
  expect(chat.named('tool.change')).toEqual([{ toolId: 'search' }]);
  expect(chat.input.value).toBe('');
  expect(onSelect).not.toHaveBeenCalled();
  await open(chat);
  const checked = chat.all('[role=option]').map((line) => line.getAttribute('aria-checked'));
  expect(checked).toEqual([null, null, 'true', 'false']);
});

it('[row 61] they are there without a page that has commands; off means off', async () => {
  const tools = [{ id: 'search', label: 'Search the web', icon: 'search' as const }];
  const chat = await new Mounted().start({ commands: { enabled: true }, composer: { tools } });
  await open(chat);
  expect(lines(chat)).toEqual(['Search the web']);
  chat.press('Escape');
  chat.element.setOptions(chat.options({ commands: { enabled: false }, composer: { tools } }));
  await chat.settled();
  await chat.type('');
  await chat.type('/');
  await chat.settled();
  expect(lines(chat)).toEqual([]);
});
