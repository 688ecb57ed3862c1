import { afterEach, describe, expect, it } from 'vitest';
import { FakeServer, refusal } from '../../testing/fake-server';
import { Mounted } from '../../testing/mount';
import * as wire from '../../testing/wire';

afterEach(() => {
  document.body.replaceChildren();
});

const ALL = { history: { enabled: true, showRename: true, showDelete: true } };

function server(): FakeServer {
  return new FakeServer()
    .answer('threads.list', {
      data: [wire.thread('a', { title: 'Rent' }), wire.thread('b'), wire.thread('c')],
      has_more: false,
    })
    .answer('threads.get_by_id', ({ thread_id: id }) =>
      wire.loaded(String(id), [wire.userItem('u', 'Old question')], { title: 'Rent' }),
    )
    .answer('threads.update', wire.thread('a', { title: 'Flat' }))
    .answer('threads.delete', Response.json({}));
}

/** With the history open and its list there. */
async function opened(fake = server(), options = ALL): Promise<Mounted> {
  const chat = await new Mounted(fake).start(options);
  chat.button('Chat history').focus();
  chat.button('Chat history').click();
  await chat.until(() => chat.all('.history-body > *').length > 0);
  await chat.until(() => chat.all('.history .skeleton').length === 0);
  return chat;
}

const titles = (chat: Mounted) => chat.all('.thread-title').map((node) => node.textContent);
const focused = (chat: Mounted) => {
  const { activeElement } = chat.shadow;
  return activeElement?.getAttribute('aria-label') ?? activeElement?.textContent?.trim();
};

describe('the list', () => {
  it('[row 25] as the server gives it, the newest first; what has no title is called so', async () => {
    const chat = await opened();
    expect(chat.server.last('threads.list')?.params).toEqual({ order: 'desc', limit: 30 });
    expect(titles(chat)).toEqual(['Rent', 'Untitled chat', 'Untitled chat']);
    expect(chat.find('.main').hasAttribute('inert')).toBe(true);
  });

  it('[row 26] pages on, and a reader at the keyboard goes on with what came', async () => {
    const fake = server().answer('threads.list', ({ after }) =>
      after
        ? { data: [wire.thread('d', { title: 'Fourth' })], has_more: false }
        : { data: [wire.thread('a'), wire.thread('b')], has_more: true, after: 'b' },
    );
    const chat = await opened(fake);
    chat.button('Show more').click();
    await chat.until(() => titles(chat).length === 3);
    expect(fake.last('threads.list')?.params).toMatchObject({ after: 'b' });
    await chat.settled();
    expect(focused(chat)).toContain('Fourth');
    expect(() => chat.button('Show more')).toThrow();
  });

  it('[row 25] says when it is empty, and what to do then', async () => {
    const chat = await opened(server().answer('threads.list', { data: [], has_more: false }));
    expect(chat.find('.empty').textContent).toContain('Chats you have will be listed here.');
    chat.find('.empty button').click();
    await chat.until(() => chat.all('.history').length === 0);
  });

  it('[row 25] that could not be loaded says why, and can be asked for again', async () => {
    const fake = server().answer('threads.list', refusal(503, 'down', 'Back at noon.'));
    const chat = await opened(fake);
    expect(chat.find('.history [role=alert]').textContent).toContain('Back at noon.');
    fake.answer('threads.list', { data: [wire.thread('a', { title: 'Rent' })], has_more: false });
    chat.button('Try again').click();
    await chat.until(() => titles(chat).length === 1);
    expect(chat.all('.history [role=alert]')).toEqual([]);
  });

  it('[row 36] shows a new title at once', async () => {
    const fake = server();
    const chat = await new Mounted(fake).start(ALL);
    await chat.element.setThreadId('a');
    await chat.element.sendUserMessage({ text: 'Q' });
    await chat.element.showHistory();
    await chat.until(() => titles(chat).length === 3);
    fake.stream.send({
      type: 'thread.updated',
      thread: wire.thread('a', { title: 'Rent in October' }),
    });
    await chat.until(() => titles(chat)[0] === 'Rent in October');
    expect(chat.find('.title').textContent).toBe('Rent in October');
  });
});

describe('opening and closing', () => {
  it('[row 29] by button and method; each is an event', async () => {
    const chat = await opened();
    chat.button('Close history').click();
    await chat.until(() => chat.all('.history').length === 0);
    await chat.element.showHistory();
    await chat.element.showHistory();
    await chat.element.hideHistory();
    await chat.element.hideHistory();
    expect(chat.events.filter(([name]) => name.startsWith('history'))).toEqual([
      ['history.open', null],
      ['history.close', null],
      ['history.open', null],
      ['history.close', null],
    ]);
  });

  it('[row 29] takes the focus and gives it back', async () => {
    const chat = await opened();
    expect(focused(chat)).toBe('Close history');
    chat.press('Escape', {}, chat.find('.history'));
    await chat.settled();
    expect(focused(chat)).toBe('Chat history');
    await chat.element.focusComposer();
    await chat.element.showHistory();
    await chat.settled();
    await chat.element.hideHistory();
    await chat.settled();
    expect(focused(chat)).toBe('Message');
  });

  it('[row 11] [row 29] by the page while it loads, it leaves the focus where it is', async () => {
    const userActivation = { isActive: false };
    Object.defineProperty(navigator, 'userActivation', {
      value: userActivation,
      configurable: true,
    });
    const chat = await new Mounted(server()).start(ALL);
    const outside = document.body.appendChild(document.createElement('button'));
    outside.focus();
    await chat.element.showHistory();
    await chat.settled();
    expect(document.activeElement).toBe(outside);
    await chat.element.hideHistory();
    await chat.settled();
    expect(document.activeElement).toBe(outside);
    Reflect.deleteProperty(navigator, 'userActivation');
  });

  it('[row 25] a chosen chat opens, is marked, and waits for words', async () => {
    const chat = await opened();
    (chat.all('.thread-open')[0] as HTMLElement).click();
    await chat.until(() => chat.named('thread.load.end').length === 1);
    await chat.settled();
    expect(chat.find('.title').textContent).toBe('Rent');
    expect(focused(chat)).toBe('Message');
    await chat.element.showHistory();
    await chat.until(() => chat.all('[aria-current]').length === 1);
    expect(chat.find('[aria-current] .thread-title').textContent).toBe('Rent');
  });

  it('[row 39] can be off: then there is one chat', async () => {
    const chat = await new Mounted(server()).start({ history: { enabled: false } });
    await chat.element.setThreadId('a');
    await chat.settled();
    expect(() => chat.button('Chat history')).toThrow();
    expect(() => chat.button('New chat')).toThrow();
    await expect(chat.element.showHistory()).rejects.toThrow('disabled');
  });
});

describe('renaming', () => {
  it('[row 27] only where the page wants it', async () => {
    const chat = await opened(server(), { history: { enabled: true } } as typeof ALL);
    expect(() => chat.button('Rename “Rent”')).toThrow();
    expect(() => chat.button('Delete “Rent”')).toThrow();
  });

  it('[row 27] in place; the focus comes back to its button', async () => {
    const chat = await opened();
    chat.button('Rename “Rent”').click();
    await chat.settled();
    const field = chat.find<HTMLInputElement>('.renaming input');
    expect(chat.shadow.activeElement).toBe(field);
    expect(field.value).toBe('Rent');
    field.value = 'Flat';
    chat.find<HTMLFormElement>('.renaming').requestSubmit();
    await chat.until(() => chat.server.count('threads.update') === 1);
    expect(chat.server.last('threads.update')?.params).toEqual({ thread_id: 'a', title: 'Flat' });
    await chat.settled();
    expect(focused(chat)).toBe('Rename “Flat”');
  });

  it('[row 27] Escape leaves the name, and only the next one the history', async () => {
    const chat = await opened();
    chat.button('Rename “Rent”').click();
    await chat.settled();
    chat.press('Escape', {}, chat.find('.renaming input'));
    await chat.settled();
    expect(focused(chat)).toBe('Rename “Rent”');
    expect(chat.server.count('threads.update')).toBe(0);
    chat.press('Escape', {}, chat.find('.history'));
    await chat.settled();
    expect(chat.all('.history')).toEqual([]);
  });

  it('[row 27] that is refused takes the name back and says why', async () => {
    const fake = server().answer('threads.update', refusal(403, 'forbidden', 'Not yours.'));
    const chat = await opened(fake);
    chat.button('Rename “Rent”').click();
    await chat.settled();
    chat.find<HTMLInputElement>('.renaming input').value = 'Flat';
    chat.find<HTMLFormElement>('.renaming').requestSubmit();
    await chat.until(() => chat.all('.history [role=alert]').length === 1);
    expect(chat.find('.history [role=alert]').textContent).toContain('Not yours.');
    expect(titles(chat)[0]).toBe('Rent');
  });
});

describe('deleting', () => {
  async function asked(fake = server()): Promise<Mounted> {
    const chat = await opened(fake);
    chat.button('Delete “Rent”').click();
    await chat.settled();
    return chat;
  }

  it('[row 28] asks first, by name, and nothing else of the list can be reached', async () => {
    const chat = await asked();
    const dialog = chat.find('[role=alertdialog]');
    const name = chat.find(`#${dialog.getAttribute('aria-labelledby')}`);
    expect(name.textContent).toBe('Delete “Rent”? This cannot be undone.');
    expect(focused(chat)).toBe('Cancel');
    expect(chat.all('.threads li').map((row) => row.hasAttribute('inert'))).toEqual([
      false,
      true,
      true,
    ]);
    expect(chat.server.count('threads.delete')).toBe(0);
    chat.button('Cancel').click();
    await chat.settled();
    expect(focused(chat)).toBe('Delete “Rent”');
  });

  it('[row 28] goes at once, and the focus to its neighbour', async () => {
    const chat = await asked();
    chat.button('Delete').click();
    await chat.settled();
    expect(titles(chat)).toEqual(['Untitled chat', 'Untitled chat']);
    expect(focused(chat)).toContain('Untitled chat');
    expect(chat.server.last('threads.delete')?.params).toEqual({ thread_id: 'a' });
  });

  it('[row 28] after the last one the focus goes to the new chat', async () => {
    const one = { data: [wire.thread('a', { title: 'Rent' })], has_more: false };
    const chat = await asked(server().answer('threads.list', one));
    chat.button('Delete').click();
    await chat.settled();
    expect(focused(chat)).toBe('New chat');
  });

  it('[row 28] that is refused comes back in its place, and says why', async () => {
    const chat = await asked(server().answer('threads.delete', refusal(403, 'no', 'Kept.')));
    chat.button('Delete').click();
    await chat.until(() => chat.all('.history [role=alert]').length === 1);
    expect(titles(chat)).toEqual(['Rent', 'Untitled chat', 'Untitled chat']);
    expect(chat.named('error')).toHaveLength(1);
  });

  it('[row 28] one that was gone already is gone', async () => {
    const chat = await asked(server().answer('threads.delete', refusal(404, 'not_found', 'Gone.')));
    chat.button('Delete').click();
    await chat.until(() => chat.server.count('threads.delete') === 1);
    await chat.settled();
    expect(titles(chat)).toHaveLength(2);
    expect(chat.named('error')).toEqual([]);
  });

  it('[row 28] the chat on screen becomes a new one', async () => {
    const fake = server();
    const chat = await new Mounted(fake).start({ ...ALL, initialThread: 'a' });
    await chat.until(() => chat.named('thread.load.end').length === 1);
    await chat.element.showHistory();
    await chat.until(() => titles(chat).length === 3);
    chat.button('Delete “Rent”').click();
    await chat.settled();
    chat.button('Delete').click();
    await chat.until(() => chat.named('thread.change').length === 2);
    expect(chat.named('thread.change')[1]).toEqual({ threadId: null });
    expect(chat.all('.bubble')).toEqual([]);
  });
});

it('the arrow keys go from chat to chat, Home and End to the first and last', async () => {
  const chat = await opened();
  const rows = chat.all('.thread-open') as HTMLElement[];
  const at = () => rows.indexOf(chat.shadow.activeElement as HTMLElement);
  rows[0]?.focus();
  const seen = ['ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowUp', 'Home', 'End'].map((key) => {
    chat.press(key, {}, chat.shadow.activeElement ?? undefined);
    return at();
  });
  expect(seen).toEqual([1, 2, 2, 1, 0, 2]);
});
