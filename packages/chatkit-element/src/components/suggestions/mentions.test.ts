import type { Entity } from '@openai/chatkit';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Mounted } from '../../testing/mount';

const ENTITIES: Entity[] = [
  { id: 'ada', title: 'Ada Lovelace', group: 'People', icon: 'user', interactive: true },
  { id: 'food', title: 'Groceries', group: 'Categories', icon: 'suitcase', data: { kind: 'c' } },
  { id: 'alan', title: 'Alan Turing', group: 'People' },
  { id: 'all', title: 'Everything' },
];

const find = (query: string) =>
  ENTITIES.filter(({ title }) => title.toLowerCase().includes(query.toLowerCase()));

/** A chat in which entities can be mentioned, by `search`. */
async function withEntities(
  search: (query: string) => Promise<Entity[]> = async (query) => find(query),
) {
  const onTagSearch = vi.fn(search);
  const chat = await new Mounted().start({ entities: { onTagSearch, showComposerMenu: true } });
  return { chat, onTagSearch };
}

const lines = (chat: Mounted) =>
  chat.all('[role=option]').map((line) => line.querySelector('.suggestion-label')?.textContent);
const active = (chat: Mounted) =>
  chat.shadow.getElementById(chat.input.getAttribute('aria-activedescendant') ?? '')?.textContent;

async function typeAt(chat: Mounted, text: string): Promise<void> {
  await chat.type(text.slice(0, text.indexOf('@') + 1));
  await chat.until(() => chat.all('[role=option]').length > 0);
  await chat.type(text);
}

afterEach(() => {
  document.body.replaceChildren();
});

describe('after an "@"', () => {
  it('[row 72] what can be mentioned is listed by group, with icons, and found as it is typed', async () => {
    const { chat } = await withEntities();
    await chat.type('Hello @');
    await chat.until(() => lines(chat).length === 4);
    expect(lines(chat)).toEqual(['Everything', 'Ada Lovelace', 'Alan Turing', 'Groceries']);
    const groups = chat.all('[role=group]').filter((group) => group.closest('[role=listbox]'));
    expect(
      groups.map((group) => [
        chat.shadow.getElementById(group.getAttribute('aria-labelledby') ?? '')?.textContent,
        group.querySelectorAll('[role=option]').length,
      ]),
    ).toEqual([
      ['People', 2],
      ['Categories', 1],
    ]);
    expect(chat.all('[role=option]').map((line) => line.querySelectorAll('.icon').length)).toEqual([
      0, 1, 0, 1,
    ]);
    expect(chat.all('[role=status]').map((node) => node.textContent)).toContain('4 suggestions');
    await chat.type('Hello @gro');
    await chat.until(() => lines(chat).length === 1);
    expect(chat.find('.suggestion-label b').textContent).toBe('Gro');
  });

  it('[row 72] keys choose: arrows go round, Enter and Tab take, Escape leaves', async () => {
    const { chat } = await withEntities();
    await typeAt(chat, '@');
    expect(chat.input.getAttribute('aria-controls')).toBe(chat.find('[role=listbox]').id);
    expect(active(chat)).toContain('Everything');
    chat.press('ArrowUp');
    await chat.settled();
    expect(active(chat)).toContain('Groceries');
    chat.press('ArrowDown');
    chat.press('ArrowDown');
    await chat.settled();
    expect(active(chat)).toContain('Ada Lovelace');
    expect(chat.press('Enter').defaultPrevented).toBe(true);
    await chat.settled();
    expect(chat.server.requests).toEqual([]);
    expect(chat.all('[role=listbox]')).toEqual([]);
    expect(chat.input.hasAttribute('aria-activedescendant')).toBe(false);
    expect(chat.draft).toEqual([
      {
        type: 'input_tag',
        id: 'ada',
        text: 'Ada Lovelace',
        group: 'People',
        icon: 'user',
        interactive: true,
        data: {},
      },
      { type: 'input_text', text: ' ' },
    ]);
    await chat.element.setComposerValue({ text: '' });
    await typeAt(chat, '@');
    expect(chat.press('Tab').defaultPrevented).toBe(true);
    expect(chat.draft[0]?.text).toBe('Everything');
    await chat.element.setComposerValue({ text: '' });
    await typeAt(chat, '@');
    expect(chat.press('Escape').defaultPrevented).toBe(true);
    await chat.settled();
    expect(chat.all('[role=listbox]')).toEqual([]);
    await chat.type('@a');
    await chat.settled();
    expect(chat.all('[role=listbox]')).toEqual([]);
  });

  it('[row 72] a click takes a line and leaves the focus in the text', async () => {
    const { chat } = await withEntities();
    chat.input.focus();
    await typeAt(chat, 'On @');
    const line = chat.all('[role=option]')[3] as HTMLElement;
    const down = new MouseEvent('mousedown', { bubbles: true, cancelable: true });
    line.dispatchEvent(down);
    expect(down.defaultPrevented).toBe(true);
    line.click();
    await chat.settled();
    expect(chat.draft.map((part) => part.text)).toEqual(['On ', 'Groceries', ' ']);
    expect(chat.shadow.activeElement).toBe(chat.input);
  });

  it('[row 72] a search waits for the next key, and the answer to an older one is dropped', async () => {
    const waiting: Array<(found: Entity[]) => void> = [];
    const { chat, onTagSearch } = await withEntities(
      () => new Promise((resolve) => waiting.push(resolve)),
    );
    await chat.type('@');
    await chat.until(() => waiting.length === 1);
    await chat.type('@a');
    await chat.type('@ad');
    await chat.until(() => waiting.length === 2);
    expect(onTagSearch.mock.calls).toEqual([[''], ['ad']]);
    waiting[1]?.(find('ad'));
    await chat.until(() => lines(chat).length === 1);
    waiting[0]?.(ENTITIES);
    await chat.settled();
    expect(lines(chat)).toEqual(['Ada Lovelace']);
  });

  it('[row 72] Enter before the answer takes the first line of it, and sends nothing', async () => {
    let answer: (found: Entity[]) => void = () => {};
    const { chat, onTagSearch } = await withEntities((query) =>
      query ? new Promise((resolve) => (answer = resolve)) : Promise.resolve(ENTITIES),
    );
    await typeAt(chat, '@al');
    chat.press('Enter');
    await chat.until(() => onTagSearch.mock.calls.length === 2);
    answer(find('al'));
    await chat.until(() => chat.draft[0]?.type === 'input_tag');
    expect(chat.draft[0]?.text).toBe('Alan Turing');
    expect(chat.server.requests).toEqual([]);
  });

  it('[row 72] nothing found says so, and Enter sends again', async () => {
    const { chat } = await withEntities();
    await typeAt(chat, '@zz');
    await chat.until(() => chat.find('.suggestions').textContent?.trim() === 'Nothing found');
    chat.press('Enter');
    await chat.until(() => chat.server.requests.length === 1);
  });

  it('[row 72] a name may have a space as long as there is such a name', async () => {
    const { chat } = await withEntities();
    await typeAt(chat, '@ada l');
    await chat.until(() => lines(chat).length === 1);
    await chat.type('@ada x');
    await chat.until(() => chat.all('.suggestions').length === 0);
  });

  it('[row 72] a search that fails says so, tells the page, and can be tried again', async () => {
    let broken = true;
    const { chat, onTagSearch } = await withEntities(async (query) => {
      if (broken) throw new Error('offline');
      return find(query);
    });
    await chat.type('@');
    await chat.until(() => chat.all('.suggestions-note').length > 0);
    await chat.until(() => chat.find('.suggestions-note').textContent === 'The search failed.');
    expect(chat.named('error')).toEqual([{ error: new Error('offline') }]);
    broken = false;
    chat.press('Enter');
    await chat.until(() => lines(chat).length === 4);
    expect(onTagSearch).toHaveBeenCalledTimes(2);
  });

  it.each(['mail@', 'a/b@x', '3@'])('[row 72] %j is no mention', async (text) => {
    const { chat, onTagSearch } = await withEntities();
    await chat.type(text);
    await chat.settled();
    expect(onTagSearch).not.toHaveBeenCalled();
  });

  it('[row 78] a mention that is pasted stays text', async () => {
    const { chat, onTagSearch } = await withEntities();
    const paste = new Event('paste', { bubbles: true, cancelable: true });
    Object.assign(paste, { clipboardData: { getData: () => 'Look at @Groceries\r\nand @' } });
    chat.input.dispatchEvent(paste);
    await chat.settled();
    expect(paste.defaultPrevented).toBe(true);
    expect(onTagSearch).not.toHaveBeenCalled();
    expect(chat.draft).toEqual([{ type: 'input_text', text: 'Look at @Groceries\nand @' }]);
  });
});

describe('the "@" button', () => {
  it('[row 73] types an "@" as a word of its own and opens the list', async () => {
    const { chat } = await withEntities();
    await chat.type('Hello');
    chat.button('Mention something').click();
    await chat.until(() => lines(chat).length === 4);
    expect(chat.input.value).toBe('Hello @');
    expect(chat.shadow.activeElement).toBe(chat.input);
  });

  it('[row 73] is there only when asked for, and when there is a search', async () => {
    const onTagSearch = async () => [];
    for (const entities of [{ showComposerMenu: true }, { onTagSearch }, undefined]) {
      const chat = await new Mounted().start({ entities });
      expect(chat.all('[part=mention-button]')).toEqual([]);
      chat.element.remove();
    }
  });
});

it('[row 74] a mention is sent as a tag with its data, text around it, and without its icon', async () => {
  const { chat } = await withEntities();
  await typeAt(chat, 'How much for @gro');
  await chat.until(() => lines(chat).length === 1);
  chat.press('Enter');
  chat.press('Enter');
  await chat.until(() => chat.server.requests.length === 1);
  expect(chat.server.requests[0]?.params).toMatchObject({
    input: {
      content: [
        { type: 'input_text', text: 'How much for ' },
        {
          type: 'input_tag',
          id: 'food',
          text: 'Groceries',
          group: 'Categories',
          data: { kind: 'c' },
          interactive: false,
        },
      ],
    },
  });
  expect(JSON.stringify(chat.server.requests[0]?.params)).not.toContain('icon');
});
