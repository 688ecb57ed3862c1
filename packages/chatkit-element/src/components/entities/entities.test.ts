import type { EntitiesOption, Widgets } from '@openai/chatkit';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { FakeServer } from '../../testing/fake-server';
import { Mounted } from '../../testing/mount';
import * as wire from '../../testing/wire';

const TAG = {
  type: 'input_tag',
  id: 'food',
  text: 'Groceries',
  group: 'Categories',
  data: { kind: 'c' },
  interactive: true,
};
const ENTITY = {
  id: 'food',
  title: 'Groceries',
  group: 'Categories',
  data: { kind: 'c' },
  interactive: true,
};

/** A thread with one message that mentions something. */
async function withMention(entities: EntitiesOption, tag: object = TAG) {
  const item = { ...wire.userItem('m1', ''), content: [{ type: 'input_text', text: 'On ' }, tag] };
  const server = new FakeServer().answer('threads.get_by_id', wire.loaded('t1', [item]));
  const chat = await new Mounted(server).start({ initialThread: 't1', entities });
  await chat.until(() => chat.all('.bubble .tag').length === 1);
  return { chat, tag: chat.find('.bubble .tag') };
}

const BASIC: Widgets.BasicRoot = {
  type: 'Basic',
  children: [
    {
      type: 'Row',
      children: [
        { type: 'Title', value: 'Groceries' },
        { type: 'Badge', label: 'Category', color: 'info' },
        { type: 'Image', src: '/picture.png', alt: 'A bag' },
      ],
    },
    { type: 'Col', children: [{ type: 'Text', value: 'Food at home' }] },
    { type: 'Caption', value: 'Since May' },
  ],
};

const point = (node: Element, type: string, pointerType = 'mouse') =>
  node.dispatchEvent(Object.assign(new MouseEvent(type), { pointerType }));
const press = (node: Element, pointerType = 'mouse') =>
  node.dispatchEvent(Object.assign(new MouseEvent('click', { bubbles: true }), { pointerType }));

afterEach(() => {
  document.body.replaceChildren();
});

describe('a mention in a sent message', () => {
  it('[row 75] is a chip with its text in its place', async () => {
    const { chat, tag } = await withMention({});
    expect(chat.find('.bubble').textContent).toBe('On Groceries');
    expect(tag.tagName).toBe('SPAN');
    expect(tag.getAttribute('part')).toBe('tag');
  });

  it('[row 76] tells the page that it was clicked, with all that belongs to it', async () => {
    const onClick = vi.fn();
    const { tag } = await withMention({ onClick });
    expect(tag.tagName).toBe('BUTTON');
    tag.click();
    expect(onClick.mock.calls).toEqual([[ENTITY]]);
  });

  it('[row 76] that is not interactive cannot be clicked', async () => {
    const { tag } = await withMention({ onClick: vi.fn() }, { ...TAG, interactive: false });
    expect(tag.tagName).toBe('SPAN');
  });

  it('[row 76] follows the options of the page as they are now', async () => {
    const [before, after] = [vi.fn(), vi.fn()];
    const { chat, tag } = await withMention({ onClick: before });
    chat.element.setOptions(chat.options({ entities: { onClick: after } }));
    await chat.settled();
    tag.click();
    expect([before.mock.calls.length, after.mock.calls.length]).toEqual([0, 1]);
    chat.element.setOptions(chat.options({}));
    await chat.settled();
    expect(chat.find('.bubble .tag').tagName).toBe('SPAN');
  });
});

describe('the preview of an entity', () => {
  it('[row 77] shows while the pointer is there, and is what describes the chip', async () => {
    const onRequestPreview = vi.fn(async () => ({ preview: BASIC }));
    const { chat, tag } = await withMention({ onRequestPreview });
    point(tag, 'pointerenter');
    await chat.until(() => chat.all('.entity-preview').length === 1);
    expect(onRequestPreview.mock.calls).toEqual([[ENTITY]]);
    const card = chat.find('.entity-preview');
    expect(tag.getAttribute('aria-describedby')).toBe(card.id);
    expect(card.querySelector('.preview-row .preview-title')?.textContent).toBe('Groceries');
    expect(card.querySelector('.preview-badge')?.textContent).toBe('Category');
    expect(card.querySelector('img')?.alt).toBe('A bag');
    expect(card.querySelector('.preview-text')?.textContent).toBe('Food at home');
    expect(card.querySelector('.preview-caption')?.textContent).toBe('Since May');
    point(tag, 'pointerleave');
    await chat.until(() => chat.all('.entity-preview').length === 0);
    expect(tag.hasAttribute('aria-describedby')).toBe(false);
  });

  it('[row 77] goes away with Escape, and nothing else hears of that', async () => {
    const { chat, tag } = await withMention({ onRequestPreview: async () => ({ preview: BASIC }) });
    const heard = vi.fn();
    chat.find('.chat').addEventListener('keydown', heard);
    point(tag, 'pointerenter');
    await chat.until(() => chat.all('.entity-preview').length === 1);
    chat.press('Escape', { composed: true }, tag);
    expect(chat.all('.entity-preview')).toEqual([]);
    expect(heard).not.toHaveBeenCalled();
  });

  it('[row 77] a finger shows it with the first press and opens with the next', async () => {
    const onClick = vi.fn();
    const { chat, tag } = await withMention({
      onClick,
      onRequestPreview: async () => ({ preview: BASIC }),
    });
    press(tag, 'touch');
    await chat.until(() => chat.all('.entity-preview').length === 1);
    expect(onClick).not.toHaveBeenCalled();
    press(tag, 'touch');
    await chat.until(() => onClick.mock.calls.length === 1);
    expect(chat.all('.entity-preview')).toEqual([]);
  });

  it('[row 77] where there is none, a finger opens at once', async () => {
    const onClick = vi.fn();
    const { chat, tag } = await withMention({
      onClick,
      onRequestPreview: async () => ({ preview: null }),
    });
    press(tag, 'touch');
    await chat.until(() => onClick.mock.calls.length === 1);
  });

  it('[row 77] a click without onClick shows it and takes it away', async () => {
    const { chat, tag } = await withMention({ onRequestPreview: async () => ({ preview: BASIC }) });
    press(tag);
    await chat.until(() => chat.all('.entity-preview').length === 1);
    press(tag);
    await chat.until(() => chat.all('.entity-preview').length === 0);
  });

  it('[row 77] that fails shows nothing and is told to the page', async () => {
    const { chat, tag } = await withMention({
      onRequestPreview: async () => {
        throw new Error('gone');
      },
    });
    press(tag);
    await chat.until(() => chat.named('error').length === 1);
    expect(chat.all('.entity-preview')).toEqual([]);
  });

  it.each([undefined, {}, { type: 'Script', children: [] }, 'text', { type: 'Basic' }])(
    '[row 77] %j breaks nothing',
    async (preview) => {
      const { chat, tag } = await withMention({
        onRequestPreview: async () => ({ preview }) as never,
      });
      press(tag);
      await chat.settled();
      expect(chat.named('error')).toEqual([]);
      expect(chat.find('.bubble').textContent).toBe('On Groceries');
    },
  );

  it('[row 77] only pictures come from addresses', async () => {
    const children = ['javascript:alert(1)', 'data:text/html,x', 'https://a.example/p.png'].map(
      (src) => ({ type: 'Image' as const, src }),
    );
    const { chat, tag } = await withMention({
      onRequestPreview: async () => ({ preview: { type: 'Basic', children } }),
    });
    press(tag);
    await chat.until(() => chat.all('.entity-preview').length === 1);
    expect(chat.all('.preview-image').map((image) => image.getAttribute('src'))).toEqual([
      'https://a.example/p.png',
    ]);
  });
});
