import { afterEach, describe, expect, it } from 'vitest';
import { FakeServer } from '../../testing/fake-server';
import { Mounted } from '../../testing/mount';
import * as wire from '../../testing/wire';

afterEach(() => {
  document.body.replaceChildren();
});

describe('the composer', () => {
  it('[row 44] Enter sends, Shift+Enter and an open input method do not', async () => {
    const chat = await new Mounted().start();
    await chat.type('Hello');
    chat.input.focus();
    await chat.until(() => chat.press('Enter', { shiftKey: true }).defaultPrevented);
    expect(chat.input.value).toBe('Hello\n');
    await chat.type('Hello');
    chat.press('Enter', { isComposing: true });
    chat.press('Enter', { keyCode: 229 });
    expect(chat.server.requests).toEqual([]);
    expect(chat.press('Enter').defaultPrevented).toBe(true);
    await chat.until(() => chat.server.requests.length === 1);
    await chat.settled();
    expect(chat.input.value).toBe('');
    expect(chat.find('.bubble').textContent).toBe('Hello');
  });

  it('[row 44] an empty message cannot be sent, and none while an answer runs', async () => {
    const chat = await new Mounted().start();
    expect(chat.button('Send message').disabled).toBe(true);
    await chat.type('  ');
    chat.press('Enter');
    await chat.type('One');
    chat.button('Send message').click();
    await chat.until(() => chat.server.requests.length === 1);
    await chat.type('Two');
    chat.press('Enter');
    await chat.settled();
    expect(chat.server.requests).toHaveLength(1);
    expect(chat.input.value).toBe('Two');
  });

  it('[row 54] keeps a draft for every thread', async () => {
    const server = new FakeServer().answer('threads.get_by_id', ({ thread_id: id }) =>
      wire.loaded(String(id), []),
    );
    const chat = await new Mounted(server).start();
    await chat.type('for a new chat');
    await chat.element.setThreadId('a');
    await chat.settled();
    expect(chat.input.value).toBe('');
    await chat.type('for a');
    await chat.element.setThreadId(null);
    await chat.settled();
    expect(chat.input.value).toBe('for a new chat');
    await chat.element.setThreadId('a');
    await chat.settled();
    expect(chat.input.value).toBe('for a');
  });

  it('what is typed while the first answer starts is not lost when the thread gets its id', async () => {
    const chat = await new Mounted().start();
    await chat.type('Q');
    chat.press('Enter');
    await chat.until(() => chat.server.streams.length === 1);
    await chat.type('next');
    chat.server.stream.send(...wire.exchange('Q', 'A')).close();
    await chat.until(() => chat.named('response.end').length === 1);
    await chat.settled();
    expect(chat.input.value).toBe('next');
  });

  it('[row 52] shows the quote of setComposerValue and sends it', async () => {
    const chat = await new Mounted().start();
    await chat.element.setComposerValue({ text: 'Why?', reply: 'You spent $5' });
    expect(chat.find('.reply').textContent).toContain('You spent $5');
    chat.press('Enter');
    await chat.until(() => chat.server.requests.length === 1);
    expect(chat.server.requests[0]?.params).toMatchObject({
      input: { quoted_text: 'You spent $5' },
    });
  });

  it('[row 58] is focused only when asked to be', async () => {
    const chat = await new Mounted().start();
    expect(document.activeElement).toBe(document.body);
    await chat.element.focusComposer();
    expect(chat.shadow.activeElement).toBe(chat.input);
  });

  it('takes the focus from a button that goes away', async () => {
    const chat = await new Mounted().start({
      startScreen: { prompts: [{ label: 'P', prompt: 'p' }] },
    });
    chat.button('P').focus();
    chat.button('P').click();
    await chat.until(() => chat.server.streams.length === 1);
    await chat.settled();
    expect(chat.shadow.activeElement).toBe(chat.input);
    chat.button('Stop answering').focus();
    chat.button('Stop answering').click();
    await chat.settled();
    expect(chat.shadow.activeElement).toBe(chat.input);
  });

  it('[row 46] a locked thread locks it with the reason; a closed one takes it away', async () => {
    const chat = await new Mounted().start();
    await chat.exchange('Q', [
      ...wire.exchange('Q', 'A'),
      wire.updated({ status: { type: 'locked', reason: 'Under review' } }),
    ]);
    await chat.settled();
    expect(chat.input.disabled).toBe(true);
    expect(chat.input.placeholder).toBe('Under review');
    await chat.element.setThreadId(null);
    await chat.exchange('Q', [
      ...wire.exchange('Q', 'A'),
      wire.updated({ status: { type: 'closed' } }),
    ]);
    await chat.settled();
    expect(chat.shadow.querySelector('.input')).toBeNull();
    expect(chat.find('[part=closed]').textContent).toContain('This chat is closed');
  });
});
