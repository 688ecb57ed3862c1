import { afterEach, describe, expect, it, vi } from 'vitest';
import { Mounted } from '../../testing/mount';
import * as wire from '../../testing/wire';

afterEach(() => document.body.replaceChildren());

const picture = (name: string) => `data:image/png;base64,${name}`;
const item = (image: object | null) => ({ id: 'g', type: 'generated_image', image });
const updated = (url: string, progress?: number) =>
  wire.update('g', { type: 'generated_image.updated', image: { id: 'i', url }, progress });

async function streaming(...events: object[]): Promise<Mounted> {
  const chat = await new Mounted().start();
  await chat.type('Q');
  chat.press('Enter');
  await chat.until(() => chat.server.streams.length === 1);
  chat.server.stream.send(wire.created(), wire.done(wire.userItem('m1', 'Q')), ...events);
  return chat;
}

const shown = (chat: Mounted) => chat.shadow.querySelector('.generated img')?.getAttribute('src');

describe('[row 92] a generated image', () => {
  it('has its box at once, gets better, and can be enlarged and kept when it is whole', async () => {
    const chat = await streaming(wire.added(item(null)));
    await chat.until(() => chat.all('.generated[data-state=making]').length === 1);
    expect(chat.find('progress').hasAttribute('value')).toBe(false);
    chat.server.stream.send(updated(picture('half'), 0.5));
    await chat.until(() => shown(chat) === picture('half'));
    expect(chat.find<HTMLProgressElement>('progress').value).toBe(50);
    expect(chat.find('.generated img').getAttribute('alt')).toBe('Making the image');
    expect(chat.all('.generated button')).toEqual([]);
    chat.server.stream.send(wire.done(item({ id: 'i', url: picture('whole') }))).close();
    await chat.until(() => shown(chat) === picture('whole'));
    expect(chat.all('progress')).toEqual([]);
    expect(chat.find('.generated img').getAttribute('alt')).toBe('Generated image');
    const link = chat.find<HTMLAnchorElement>('.image-actions a');
    expect([link.href, link.download]).toEqual([picture('whole'), 'image.png']);
    const dialog = chat.find<HTMLDialogElement>('dialog');
    dialog.showModal = vi.fn();
    dialog.close = vi.fn();
    chat.button('Enlarge the image').click();
    expect(dialog.showModal).toHaveBeenCalledOnce();
    chat.button('Close').click();
    expect(dialog.close).toHaveBeenCalledOnce();
  });

  it('that was cut off stays as far as it came', async () => {
    const chat = await streaming(wire.added(item(null)), updated(picture('half'), 0.5));
    await chat.until(() => shown(chat) === picture('half'));
    chat.server.stream.close();
    await chat.until(() => chat.all('progress').length === 0);
    expect(shown(chat)).toBe(picture('half'));
  });

  it('that never came says so', async () => {
    const chat = await streaming(wire.done(item(null)));
    await chat.until(() => chat.all('.generated figcaption').length === 1);
    expect(chat.find('.generated').textContent?.trim()).toBe('The image could not be made.');
  });

  it.each(['javascript:alert(1)', 'data:text/html,x', 'data:image/svg+xml,<svg/>', 'ftp://a/b'])(
    'is no other thing than an image: %s',
    async (url) => {
      const chat = await streaming(wire.done(item({ id: 'i', url })));
      await chat.until(() => chat.all('.generated figcaption').length === 1);
      expect(chat.all('.generated :is(img, a)')).toEqual([]);
    },
  );
});
