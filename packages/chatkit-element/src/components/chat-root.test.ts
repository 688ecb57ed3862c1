import { afterEach, describe, expect, it } from 'vitest';
import { FakeServer, refusal } from '../testing/fake-server';
import { Mounted } from '../testing/mount';
import * as wire from '../testing/wire';

afterEach(() => {
  document.body.replaceChildren();
});

describe('an answer', () => {
  it('can be stopped unless the server forbids it', async () => {
    const chat = await new Mounted().start();
    await chat.type('Q');
    chat.press('Enter');
    await chat.until(() => chat.server.streams.length === 1);
    chat.server.stream.send(
      wire.created(),
      wire.done(wire.userItem('m1', 'Q')),
      wire.options(false),
    );
    await chat.until(() => chat.all('[part=stop-button]').length === 0);
    chat.server.stream.send(wire.options(true), ...wire.opening('m2'), wire.delta('m2', 'Half'));
    await chat.until(() => chat.all('[part=stop-button]').length === 1);
    chat.button('Stop answering').click();
    await chat.settled();
    expect(chat.server.stream.aborted).toBe(true);
    expect(chat.find('.prose').textContent).toContain('Half');
    expect(chat.find('[role=status].spoken').textContent).toBe('The answer was stopped.');
  });

  it('is read out once, when it is finished', async () => {
    const chat = await new Mounted().start();
    await chat.exchange('Q', wire.exchange('Q', 'You spent **$5**.'));
    await chat.settled();
    expect(chat.find('[role=status].spoken').textContent).toBe('Answer: You spent $5.');
    expect(chat.find('[role=log]').getAttribute('aria-live')).toBe('off');
  });

  it('offers copy always and retry only when asked for', async () => {
    const chat = await new Mounted().start();
    await chat.exchange('Q', wire.exchange('Q', 'A'));
    await chat.settled();
    expect(
      chat.all('.item-actions button').map((button) => button.getAttribute('aria-label')),
    ).toEqual(['Copy']);
    chat.element.setOptions(chat.options({ threadItemActions: { retry: true } }));
    await chat.settled();
    chat.button('Answer again').click();
    await chat.until(() => chat.server.count('threads.retry_after_item') === 1);
    expect(chat.server.last('threads.retry_after_item')?.params).toEqual({
      thread_id: 'thr_1',
      item_id: 'm1',
    });
    await chat.settled();
    expect(chat.all('.assistant')).toEqual([]);
  });

  it('deeplinks, effects and notices reach page and reader', async () => {
    const chat = await new Mounted().start();
    await chat.exchange('Q', [
      ...wire.exchange('Q', '[rows](chatkit-link://rows?month=10)'),
      { type: 'client_effect', name: 'fx', data: { k: 1 } },
      { type: 'notice', level: 'warning', message: '**Old** prices', title: 'Prices' },
    ]);
    await chat.settled();
    chat.find('.deeplink').click();
    expect(chat.named('deeplink')).toEqual([{ name: 'rows', data: { month: '10' } }]);
    expect(chat.named('effect')).toEqual([{ name: 'fx', data: { k: 1 } }]);
    expect(chat.find('[part=notice]').textContent).toContain('Old prices');
    chat.button('Dismiss').click();
    await chat.settled();
    expect(chat.all('[part=notice]')).toEqual([]);
  });

  it('unknown items and events do not disturb it', async () => {
    const chat = await new Mounted().start();
    await chat.exchange('Q', [
      wire.created(),
      wire.done(wire.userItem('m1', 'Q')),
      { type: 'thread.item.added', item: { id: 'h', type: 'hidden_context_item' } },
      {
        type: 'thread.item.done',
        item: {
          id: 'w',
          type: 'widget',
          widget: { type: 'Card', children: [{ type: 'Text', value: 'In a card' }] },
        },
      },
      { type: 'thread.item.done', item: { id: 'n', type: 'hologram' } },
      { type: 'later.event' },
      {
        type: 'thread.item.done',
        item: {
          id: 'k',
          type: 'task',
          task: { type: 'custom', title: 'Looked it up', sources: [] },
        },
      },
      wire.done(wire.answerItem('m2', 'Still here')),
    ]);
    await chat.settled();
    const words = chat.find('.list').textContent;
    for (const expected of ['In a card', 'Looked it up', 'Still here'])
      expect(words).toContain(expected);
  });
});

describe('what the server refuses', () => {
  it('stands under the message, with the way out', async () => {
    const chat = await new Mounted(
      new FakeServer().answer('threads.create', refusal(429, 'too_many', 'Wait a minute.')),
    ).start();
    await chat.type('Q');
    chat.press('Enter');
    await chat.until(() => chat.all('[part=failure]').length === 1);
    expect(chat.find('[part=failure]').textContent).toContain('Wait a minute.');
    expect(chat.find('.user').textContent).toContain('Not sent');
    chat.button('Edit').click();
    await chat.settled();
    expect(chat.input.value).toBe('Q');
    expect(chat.all('.bubble')).toEqual([]);
    expect(chat.named('error')).toHaveLength(1);
  });
});

describe('the start screen', () => {
  it('greets and sends the prompt that is chosen', async () => {
    const chat = await new Mounted().start({
      startScreen: {
        greeting: 'Hello there',
        prompts: [{ label: 'Balances', prompt: 'What are my balances?', icon: 'lucide:wallet' }],
      },
      disclaimer: { text: 'Figures **only**' },
    });
    expect(chat.find('.greeting').textContent).toBe('Hello there');
    expect(chat.find('.disclaimer strong').textContent).toBe('only');
    chat.find('.prompt').click();
    await chat.until(() => chat.server.requests.length === 1);
    await chat.settled();
    expect(chat.find('.bubble').textContent).toBe('What are my balances?');
    expect(chat.all('.start')).toEqual([]);
  });
});
