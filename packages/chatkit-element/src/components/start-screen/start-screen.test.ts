import { afterEach, expect, it } from 'vitest';
import { Mounted } from '../../testing/mount';

afterEach(() => {
  document.body.replaceChildren();
});

it('[row 40] greets with the words of the page, or with its own', async () => {
  const chat = await new Mounted().start({ startScreen: { greeting: 'Good morning' } });
  expect(chat.find('[part=greeting]').textContent).toBe('Good morning');
  chat.element.setOptions(chat.options());
  await chat.settled();
  expect(chat.find('[part=greeting]').textContent).toBe('What can I help with today?');
});

it('[row 41] a prompt has an icon and is sent when it is chosen', async () => {
  const prompts = [
    { label: 'My week', prompt: 'How was my week?', icon: 'calendar' as const },
    { label: 'Plain', prompt: 'Plain' },
  ];
  const chat = await new Mounted().start({ startScreen: { prompts } });
  expect(chat.all('[part=prompt]').map((node) => node.querySelectorAll('.icon').length)).toEqual([
    1, 0,
  ]);
  chat.button('My week').click();
  await chat.until(() => chat.server.requests.length === 1);
  expect(chat.server.requests[0]).toMatchObject({
    type: 'threads.create',
    params: { input: { content: [{ type: 'input_text', text: 'How was my week?' }] } },
  });
  await chat.settled();
  expect(chat.find('.bubble').textContent).toBe('How was my week?');
});

it('[row 42] a prompt may mention things: each goes out as a tag with its data', async () => {
  const prompt = [
    { type: 'input_text' as const, text: 'How much for ' },
    { type: 'input_tag' as const, id: 'food', text: 'Groceries' },
    { type: 'input_text' as const, text: '?' },
  ];
  const chat = await new Mounted().start({ startScreen: { prompts: [{ label: 'Food', prompt }] } });
  chat.button('Food').click();
  await chat.until(() => chat.server.requests.length === 1);
  expect(chat.server.requests[0]?.params).toMatchObject({
    input: {
      content: [
        { type: 'input_text', text: 'How much for ' },
        { type: 'input_tag', id: 'food', text: 'Groceries', data: {}, interactive: false },
        { type: 'input_text', text: '?' },
      ],
    },
  });
  await chat.settled();
  expect(chat.find('.bubble').textContent).toBe('How much for Groceries?');
  expect(chat.find('.bubble .tag').textContent).toBe('Groceries');
});

it('[row 42] what stands in the composer waits while a prompt is sent', async () => {
  const prompts = [{ label: 'P', prompt: 'p' }];
  const chat = await new Mounted().start({ startScreen: { prompts } });
  await chat.type('half a thought');
  chat.button('P').click();
  await chat.until(() => chat.server.streams.length === 1);
  await chat.settled();
  expect(chat.input.value).toBe('half a thought');
});
