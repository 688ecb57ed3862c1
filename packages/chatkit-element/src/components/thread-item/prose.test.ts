import { afterEach, expect, it } from 'vitest';
import { Mounted } from '../../testing/mount';
import * as wire from '../../testing/wire';

let chat: Mounted;
afterEach(() => chat.element.remove());

async function answer(text: string, thread: object = {}): Promise<Mounted> {
  chat = await new Mounted().start();
  await chat.exchange('Q', [
    { type: 'thread.created', thread: wire.thread('thr_1', thread) },
    wire.done(wire.userItem('m1', 'Q')),
    wire.done(wire.answerItem('m2', text)),
  ]);
  return chat;
}

it('[row 80] an answer has tables, code with its language and a button to copy it, and lists of tasks', async () => {
  await answer(
    '| a |\n|--:|\n| 1 |\n\n```ts\nlet a = 1;\n```\n\n- [x] done\n\n~~old~~ www.example.com',
  );
  expect(chat.find('.prose .table[tabindex="0"] td.right').textContent).toBe('1');
  await chat.until(() => chat.all('.prose code .keyword').length === 1);
  expect(chat.find('figcaption span').textContent).toBe('ts');
  expect(chat.button('Copy code').closest('figure')).toBe(chat.find('.prose figure'));
  expect(chat.find<HTMLInputElement>('.prose .task input').checked).toBe(true);
  expect(chat.find('.prose del').textContent).toBe('old');
  expect(chat.find<HTMLAnchorElement>('.prose a').href).toBe('http://www.example.com/');
});

it('[row 81] formulas are drawn once what draws them has arrived; amounts of money stay words', async () => {
  await answer('From $5 to $6: \\(x^2\\).');
  await chat.until(() => chat.all('.prose math').length === 1);
  expect(chat.find('.prose').textContent?.trim()).toMatch(/^From \$5 to \$6: /);
});

it('[row 82] images are those of the domains that the thread allows; one that never comes is a link', async () => {
  await answer('![one](https://img.example/1.png) ![two](https://else.example/2.png)', {
    allowed_image_domains: ['img.example'],
  });
  expect(chat.all('.prose img').map((image) => image.getAttribute('src'))).toEqual([
    'https://img.example/1.png',
  ]);
  expect(chat.find('.prose img').getAttribute('loading')).toBe('lazy');
  expect(chat.find('.prose p > a').textContent).toBe('two');
  chat.find('.prose img').dispatchEvent(new Event('error'));
  expect(chat.find('.picture[data-state="error"] .instead a').textContent).toBe('one');
});

it('[row 83] a deeplink is an event of the element and goes nowhere', async () => {
  await answer('[See](chatkit-link://source?source_id=7)');
  expect(chat.all('.prose a')).toEqual([]);
  chat.find<HTMLButtonElement>('.prose .deeplink').click();
  expect(chat.named('deeplink')).toEqual([{ name: 'source', data: { source_id: '7' } }]);
});
