import { afterEach, describe, expect, it } from 'vitest';
import { FakeServer } from '../../testing/fake-server';
import { Mounted } from '../../testing/mount';
import * as wire from '../../testing/wire';

afterEach(() => {
  document.body.replaceChildren();
});

describe('the history', () => {
  const server = () =>
    new FakeServer()
      .answer('threads.list', {
        data: [wire.thread('a', { title: 'Rent' }), wire.thread('b')],
        has_more: false,
      })
      .answer('threads.get_by_id', ({ thread_id: id }) =>
        wire.loaded(String(id), [wire.userItem('u', 'Old question')], { title: 'Rent' }),
      )
      .answer('threads.update', wire.thread('a', { title: 'Flat' }))
      .answer('threads.delete', Response.json({}));

  it('opens a thread, marks it, and closes with Escape', async () => {
    const chat = await new Mounted(server()).start();
    chat.button('Chat history').click();
    await chat.until(() => chat.all('.thread').length === 2);
    expect(chat.all('.thread-title').map((node) => node.textContent)).toEqual([
      'Rent',
      'Untitled chat',
    ]);
    expect(chat.find('.main').hasAttribute('inert')).toBe(true);
    (chat.all('.thread-open')[0] as HTMLElement).click();
    await chat.until(() => chat.named('thread.load.end').length === 1);
    await chat.settled();
    expect(chat.find('.title').textContent).toBe('Rent');
    await chat.element.showHistory();
    await chat.until(() => chat.all('.thread').length === 2);
    expect(
      chat.all('[aria-current]').map((node) => node.querySelector('.thread-title')?.textContent),
    ).toEqual(['Rent']);
    chat.press('Escape', {}, chat.find('.history'));
    await chat.settled();
    expect(chat.all('.history')).toEqual([]);
    expect(chat.named('history.open')).toEqual([null, null]);
    expect(chat.named('history.close')).toEqual([null, null]);
  });

  it('renames and deletes only where allowed, and asks before deleting', async () => {
    const chat = await new Mounted(server()).start();
    await chat.element.showHistory();
    await chat.until(() => chat.all('.thread').length === 2);
    expect(() => chat.button('Delete “Rent”')).toThrow();
    chat.element.setOptions(
      chat.options({ history: { enabled: true, showRename: true, showDelete: true } }),
    );
    await chat.settled();
    chat.button('Rename “Rent”').click();
    await chat.settled();
    const field = chat.find<HTMLInputElement>('.renaming input');
    expect(chat.shadow.activeElement).toBe(field);
    field.value = 'Flat';
    chat.find<HTMLFormElement>('.renaming').requestSubmit();
    await chat.until(() => chat.server.count('threads.update') === 1);
    chat.button('Delete “Flat”').click();
    await chat.settled();
    expect(chat.server.count('threads.delete')).toBe(0);
    expect(chat.find('.confirming').textContent).toContain('Delete “Flat”?');
    chat.button('Delete').click();
    await chat.until(() => chat.all('.thread').length === 1);
    expect(chat.server.last('threads.delete')?.params).toEqual({ thread_id: 'a' });
  });

  it('can be off', async () => {
    const chat = await new Mounted(server()).start({ history: { enabled: false } });
    expect(() => chat.button('Chat history')).toThrow();
    await expect(chat.element.showHistory()).rejects.toThrow('disabled');
  });
});
