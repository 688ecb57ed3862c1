import type { UserMessageContent } from '@openai/chatkit';
import { afterEach, describe, expect, it } from 'vitest';
import { FakeServer } from '../../testing/fake-server';
import { Mounted } from '../../testing/mount';
import * as wire from '../../testing/wire';

const TAG: UserMessageContent = { type: 'input_tag', id: 'food', text: 'Groceries' };
const CONTENT: UserMessageContent[] = [{ type: 'input_text', text: 'On ' }, TAG];
const WHOLE_TAG = { ...TAG, data: {}, interactive: false };

const input = (chat: Mounted) => chat.server.requests.at(-1)?.params.input;

afterEach(() => {
  document.body.replaceChildren();
});

describe('setComposerValue', () => {
  it('[row 54] puts text, content and quote into the draft and sends nothing', async () => {
    const chat = await new Mounted().start();
    await chat.element.setComposerValue({ text: 'One\ntwo', reply: 'said' });
    expect(chat.draft).toEqual([{ type: 'input_text', text: 'One\ntwo' }]);
    await chat.element.setComposerValue({ content: CONTENT });
    expect(chat.draft).toEqual([CONTENT[0], WHOLE_TAG]);
    expect(chat.find('.input .tag').textContent).toBe('Groceries');
    expect(chat.find('.input .tag').getAttribute('contenteditable')).toBe('false');
    expect(chat.find('.reply').textContent).toContain('said');
    expect(chat.server.requests).toEqual([]);
  });

  it('[row 54] leaves alone what is not given, and takes away what is given as empty', async () => {
    const chat = await new Mounted().start();
    await chat.element.setComposerValue({ text: 'kept', reply: 'said' });
    await chat.element.setComposerValue({ reply: '' });
    expect(chat.input.value).toBe('kept');
    expect(chat.all('.reply')).toEqual([]);
    await chat.element.setComposerValue({ reply: 'said' });
    await chat.element.setComposerValue({ text: '' });
    expect(chat.input.value).toBe('');
    expect(chat.all('.reply')).toHaveLength(1);
    expect(chat.button('Send message').disabled).toBe(true);
  });

  it('[row 54] what it has put there is sent as it stands', async () => {
    const chat = await new Mounted().start();
    await chat.element.setComposerValue({ content: CONTENT, reply: 'said' });
    chat.press('Enter');
    await chat.until(() => chat.server.requests.length === 1);
    expect(input(chat)).toMatchObject({ content: [CONTENT[0], WHOLE_TAG], quoted_text: 'said' });
    await chat.settled();
    expect(chat.draft).toEqual([]);
    expect(chat.find('.quoted').textContent).toContain('said');
  });
});

it('[row 54] chips and quote of a draft stay with their thread', async () => {
  const server = new FakeServer().answer('threads.get_by_id', ({ thread_id: id }) =>
    wire.loaded(String(id), []),
  );
  const chat = await new Mounted(server).start();
  await chat.element.setComposerValue({ content: CONTENT, reply: 'said' });
  await chat.element.setThreadId('a');
  await chat.settled();
  expect([chat.draft, chat.all('.reply')]).toEqual([[], []]);
  await chat.element.setThreadId(null);
  await chat.settled();
  expect(chat.draft).toEqual([CONTENT[0], WHOLE_TAG]);
  expect(chat.find('.reply').textContent).toContain('said');
});

it('[row 52] a quote can be taken away again', async () => {
  const chat = await new Mounted().start();
  await chat.element.setComposerValue({ text: 'Why?', reply: 'said' });
  chat.button('Remove the quote').click();
  await chat.settled();
  chat.press('Enter');
  await chat.until(() => chat.server.requests.length === 1);
  expect(input(chat)).toMatchObject({ quoted_text: '' });
});

it('[row 52] a message that did not get through comes back with its chips and its quote', async () => {
  const server = new FakeServer().answer('threads.create', () => new Response('', { status: 500 }));
  const chat = await new Mounted(server).start();
  await chat.element.setComposerValue({ content: CONTENT, reply: 'said' });
  chat.press('Enter');
  await chat.until(() => chat.all('.remedies').length > 0);
  await chat.type('meanwhile');
  chat.button('Edit').click();
  await chat.settled();
  expect(chat.draft).toEqual([CONTENT[0], WHOLE_TAG, { type: 'input_text', text: '\nmeanwhile' }]);
  expect(chat.find('.reply').textContent).toContain('said');
});

it('[row 46] the placeholder is the page’s, and shows only while nothing is written', async () => {
  const chat = await new Mounted().start({ composer: { placeholder: 'Ask about money' } });
  expect(chat.input.dataset.placeholder).toBe('Ask about money');
  expect(chat.input.getAttribute('aria-placeholder')).toBe('Ask about money');
  await chat.type('x');
  expect(chat.input.dataset.placeholder).toBeUndefined();
});

it('[row 46] the page can shut the composer; what was written waits', async () => {
  const chat = await new Mounted().start();
  await chat.type('half a thought');
  chat.element.setOptions({ ...chat.options(), composer: { disabled: true } } as never);
  await chat.settled();
  expect(chat.input.disabled).toBe(true);
  expect(chat.input.getAttribute('contenteditable')).toBe('false');
  expect(chat.button('Send message').disabled).toBe(true);
  chat.element.setOptions(chat.options());
  await chat.settled();
  expect(chat.input.value).toBe('half a thought');
});

describe('sendUserMessage', () => {
  it('[row 57] sends text, quote, files, tool and model, and leaves the composer alone', async () => {
    const tools = [{ id: 'own', label: 'Own', icon: 'lab' as const, persistent: true }];
    const chat = await new Mounted().start({ composer: { tools } });
    await chat.element.setComposerValue({ text: 'draft', selectedToolId: 'own' });
    void chat.element.sendUserMessage({
      text: ' Hello ',
      reply: 'said',
      attachments: [{ type: 'file', id: 'f1', name: 'a.txt', mime_type: 'text/plain' }],
      toolChoice: { id: 'search' },
      model: 'big',
    });
    await chat.until(() => chat.server.requests.length === 1);
    expect(input(chat)).toEqual({
      content: [{ type: 'input_text', text: 'Hello' }],
      quoted_text: 'said',
      attachments: ['f1'],
      inference_options: { tool_choice: { id: 'search' }, model: 'big' },
    });
    await chat.settled();
    expect(chat.input.value).toBe('draft');
    expect(chat.named('tool.change')).toEqual([{ toolId: 'own' }]);
  });

  it('[row 57] sends content with tags, each with its data', async () => {
    const chat = await new Mounted().start();
    void chat.element.sendUserMessage({ content: CONTENT });
    await chat.until(() => chat.server.requests.length === 1);
    expect(input(chat)).toMatchObject({ content: [CONTENT[0], WHOLE_TAG] });
    await chat.settled();
    expect(chat.find('.bubble .tag').textContent).toBe('Groceries');
  });

  it('[row 57] goes on in the thread, or begins a new one', async () => {
    const chat = await new Mounted().start();
    await chat.exchange('Q', wire.exchange('Q', 'A'));
    void chat.element.sendUserMessage({ text: 'here' });
    await chat.until(() => chat.server.count('threads.add_user_message') === 1);
    chat.server.stream.send(wire.done(wire.userItem('m3', 'here'))).close();
    await chat.until(() => chat.shadow.querySelector('[aria-busy="false"]') !== null);
    void chat.element.sendUserMessage({ text: 'there', newThread: true });
    await chat.until(() => chat.server.count('threads.create') === 2);
    await chat.settled();
    expect(chat.all('.bubble').map((node) => node.textContent)).toEqual(['there']);
    expect(chat.named('thread.change').at(-1)).toEqual({ threadId: null });
  });

  it.each([
    {},
    { text: '  ' },
    { content: [] },
    { content: [{ type: 'input_text' as const, text: ' \n' }] },
  ])('[row 57] %j is no message', async (params) => {
    const chat = await new Mounted().start();
    await expect(chat.element.sendUserMessage(params)).rejects.toThrow('the message is empty');
    expect(chat.server.requests).toEqual([]);
  });
});
