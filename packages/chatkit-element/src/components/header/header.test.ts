import { afterEach, describe, expect, it, vi } from 'vitest';
import { FakeServer } from '../../testing/fake-server';
import { Mounted } from '../../testing/mount';
import * as wire from '../../testing/wire';

afterEach(() => {
  document.body.replaceChildren();
});

const server = () =>
  new FakeServer()
    .answer('threads.get_by_id', ({ thread_id: id }) =>
      wire.loaded(String(id), [wire.userItem('u', 'Q')], { title: 'Rent' }),
    )
    .answer('threads.list', { data: [], has_more: false });

const buttons = (chat: Mounted) =>
  chat.all('.main .header button').map((button) => button.getAttribute('aria-label'));

describe('the header', () => {
  it('[row 21] is there unless the page has its own', async () => {
    const chat = await new Mounted(server()).start();
    expect(chat.all('[part=header]')).toHaveLength(1);
    chat.element.setOptions(chat.options({ header: { enabled: false } }));
    await chat.settled();
    expect(chat.all('[part=header]')).toEqual([]);
    await chat.element.showHistory();
    await chat.settled();
    expect(chat.all('.history')).toHaveLength(1);
  });

  it('[row 22] names the thread, as it is called now', async () => {
    const chat = await new Mounted(server()).start();
    expect(chat.find('[part=title]').textContent).toBe('New chat');
    await chat.element.setThreadId('thr_1');
    await chat.settled();
    expect(chat.find('[part=title]').textContent).toBe('Rent');
    await chat.exchange('Q', [wire.updated({ title: 'Rent in October' })]);
    await chat.settled();
    expect(chat.find('[part=title]').textContent).toBe('Rent in October');
  });

  it('[row 22] has the page’s title in its place, or none', async () => {
    const chat = await new Mounted(server()).start({ header: { title: { text: 'Help desk' } } });
    await chat.element.setThreadId('thr_1');
    await chat.settled();
    expect(chat.find('[part=title]').textContent).toBe('Help desk');
    chat.element.setOptions(chat.options({ header: { title: { enabled: false } } }));
    await chat.settled();
    expect(chat.all('[part=title]')).toEqual([]);
    expect(chat.all('[part=header]')).toHaveLength(1);
  });

  it('[row 23] has a button of the page on each side', async () => {
    const [left, right] = [vi.fn(), vi.fn()];
    const chat = await new Mounted(server()).start({
      header: {
        leftAction: { icon: 'sidebar-left', onClick: left },
        rightAction: { icon: 'settings-cog', onClick: right },
      },
    });
    expect(buttons(chat)).toEqual(['sidebar left', 'Chat history', 'settings cog']);
    chat.find('[part~=header-left-action]').click();
    expect([left.mock.calls, right.mock.calls]).toEqual([[[]], []]);
    chat.find('[part~=header-right-action]').click();
    expect(right.mock.calls).toEqual([[]]);
  });

  it('[row 24] offers a new chat in a thread, the history everywhere', async () => {
    const chat = await new Mounted(server()).start();
    expect(buttons(chat)).toEqual(['Chat history']);
    await chat.element.setThreadId('thr_1');
    await chat.settled();
    expect(buttons(chat)).toEqual(['New chat', 'Chat history']);
    chat.button('New chat').click();
    await chat.settled();
    expect(buttons(chat)).toEqual(['Chat history']);
    expect(chat.named('thread.change').at(-1)).toEqual({ threadId: null });
    expect(chat.shadow.activeElement?.getAttribute('aria-label')).toBe('Message');
  });
});
