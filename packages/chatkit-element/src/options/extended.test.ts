import type { ChatKitOptions } from '@openai/chatkit';
import { afterEach, describe, expect, expectTypeOf, it } from 'vitest';
import { Mounted } from '../testing/mount';
import * as wire from '../testing/wire';
import type { ExtendedOptions } from './extended';

afterEach(() => {
  document.body.replaceChildren();
});

it('[beyond] a page written for the original compiles', () => {
  expectTypeOf<ChatKitOptions>().toExtend<ExtendedOptions>();
  expectTypeOf<ExtendedOptions>().toExtend<ChatKitOptions>();
});

describe('headingLevel', () => {
  const levels = (chat: Mounted) =>
    chat.all('h1, h2, h3, h4').map((heading) => heading.getAttribute('aria-level'));

  it('[beyond] puts the chat among the headings of the page, while it is there', async () => {
    const chat = await new Mounted().start();
    await chat.exchange('Q', wire.exchange('Q', '# Big\n\nwords'));
    await chat.settled();
    expect(levels(chat)).toEqual(['2', '3', '3', '4']);
    chat.element.setOptions(chat.options({ headingLevel: 3 }));
    await chat.settled();
    expect(levels(chat)).toEqual(['3', '4', '4', '5']);
    chat.element.setOptions(chat.options({ headingLevel: 99 as never }));
    await chat.settled();
    expect(levels(chat)).toEqual(['2', '3', '3', '4']);
  });
});

it('[beyond] the copy button can be left out', async () => {
  const chat = await new Mounted().start({ threadItemActions: { copy: false, retry: true } });
  await chat.exchange('Q', wire.exchange('Q', 'A'));
  await chat.settled();
  const names = chat.all('.item-actions button').map((button) => button.ariaLabel);
  expect(names).toEqual(['Answer again']);
});

it('[beyond] a page can take the composer away for a while, and send all the same', async () => {
  const chat = await new Mounted().start({
    composer: { disabled: true, placeholder: 'Back at nine' },
    startScreen: { prompts: [{ label: 'Ask', prompt: 'Ask' }] },
  });
  expect(chat.find('[part=input]').ariaDisabled).toBe('true');
  expect(chat.button('Ask').disabled).toBe(true);
  expect(chat.shadow.textContent).not.toContain('locked');
  await chat.element.sendUserMessage({ text: 'From the page' });
  expect(chat.server.count('threads.create')).toBe(1);
  chat.server.stream.send(...wire.exchange('From the page', 'A')).close();
  chat.element.setOptions(chat.options());
  await chat.until(() => chat.find('[part=input]').ariaDisabled === 'false');
});

describe('stop()', () => {
  const asking = async (chat: Mounted) => {
    await chat.type('Q');
    chat.press('Enter');
    await chat.until(() => chat.server.streams.length === 1);
    return chat.server.stream.send(wire.created(), wire.done(wire.userItem('m1', 'Q')));
  };

  it('[beyond] refuses when nothing is being answered', async () => {
    const chat = await new Mounted().start();
    await expect(chat.element.stop()).rejects.toThrow(
      'ChatKit: stop() ignored - nothing is being answered.',
    );
  });

  it('[beyond] ends the answer and says so', async () => {
    const chat = await new Mounted().start();
    const stream = await asking(chat);
    stream.send(...wire.opening('m2'), wire.delta('m2', 'Half'));
    await chat.until(() => chat.all('.prose').length > 0);
    await chat.element.stop();
    expect(stream.aborted).toBe(true);
    await chat.settled();
    expect(chat.find('.prose').textContent).toContain('Half');
    expect(chat.find('[role=status].spoken').textContent).toBe('The answer was stopped.');
    await chat.element.sendUserMessage({ text: 'Next' });
  });

  it('[beyond] refuses when the server does not allow it', async () => {
    const chat = await new Mounted().start();
    const stream = await asking(chat);
    stream.send(wire.options(false));
    await chat.until(() => chat.all('[part=stop-button]').length === 0);
    await expect(chat.element.stop()).rejects.toThrow(/the server does not allow it/);
    expect(stream.aborted).toBe(false);
  });
});
