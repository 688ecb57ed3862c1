import { afterEach, describe, expect, it } from 'vitest';
import { FakeServer, refusal } from '../../testing/fake-server';
import { Mounted } from '../../testing/mount';
import * as wire from '../../testing/wire';

const ADD = 'threads.add_structured_input';

afterEach(() => {
  document.body.replaceChildren();
});

const account = {
  id: 'account',
  type: 'multiple_choice',
  question: 'Which account?',
  options: [{ value: 'Checking' }, { value: 'Savings' }],
  multiple: false,
};
const tags = {
  ...account,
  id: 'tags',
  question: 'Which tags?',
  options: [{ value: 'Food' }, { value: 'Travel' }],
  multiple: true,
};
const reason = { id: 'why', type: 'freeform', question: 'Why?', description: 'One sentence.' };

const asked = (inputs: object[], more: object = {}) => ({
  id: 's1',
  created_at: '',
  type: 'structured_input',
  status: 'pending',
  inputs,
  ...more,
});
const question = wire.userItem('m1', 'Q');

async function asking(inputs: object[], server = new FakeServer()) {
  const chat = await new Mounted(server).start();
  await chat.type('Q');
  chat.press('Enter');
  await chat.until(() => server.streams.length === 1);
  server.stream.send(wire.created(), wire.done(question), wire.options());
  server.stream.send(wire.done(asked(inputs))).close();
  await chat.until(() => chat.all('form.questions').length === 1);
  await chat.settled();
  return chat;
}

const legend = (chat: Mounted) => chat.find('legend > #asked').textContent;
const labels = (chat: Mounted) => chat.all('.option').map((node) => node.textContent?.trim());

async function pick(chat: Mounted, label: string) {
  const row = chat.all('.option').find((node) => node.textContent?.trim() === label);
  row?.querySelector('input')?.click();
  await chat.settled();
}

async function press(chat: Mounted, name: string) {
  chat.button(name).click();
  await chat.settled();
}

async function write(chat: Mounted, selector: string, text: string) {
  const field = chat.find<HTMLInputElement>(selector);
  field.value = text;
  field.dispatchEvent(new Event('input', { bubbles: true }));
  await chat.settled();
}

const given = (chat: Mounted) => chat.server.last(ADD)?.params.input;

describe('questions', () => {
  it('[row 108] stand in the composer’s place and give back what was written there', async () => {
    const chat = await asking([account]);
    expect(chat.all('.input')).toEqual([]);
    expect(legend(chat)).toBe('Which account?');
    expect(labels(chat)).toEqual(['Checking', 'Savings', '']);
    expect(chat.all('.option input[type=radio]')).toHaveLength(3);
    expect(chat.find('[role=status].spoken').textContent).toBe('Which account?');
    expect(chat.all('.questions-head')).toEqual([]);
    await pick(chat, 'Savings');
    await press(chat, 'Send');
    expect(chat.server.last(ADD)?.params).toEqual({
      thread_id: 'thr_1',
      item_id: 's1',
      input: {
        status: 'answered',
        answers: { account: { values: ['Savings'], skipped: false } },
      },
    });
    const answer = { values: ['Savings'], skipped: false };
    const answered = asked([{ ...account, answer }], { status: 'answered' });
    chat.server.stream.send({ type: 'thread.item.replaced', item: answered });
    await chat.until(() => chat.all('form.questions').length === 0);
    await chat.settled();
    expect(chat.shadow.activeElement).toBe(chat.input);
    expect(chat.find('[part=structured-input-answers]').textContent).toMatch(
      /You answered:\s+Which account\?\s+Savings/,
    );
    chat.server.stream.send(...wire.opening('m3'), wire.done(wire.answerItem('m3', 'Thanks.')));
    chat.server.stream.close();
    await chat.until(() => chat.named('response.end').length === 2);
    expect(chat.named('response.start')).toHaveLength(2);
  });

  it('[row 108] are asked one after another, and one may go back', async () => {
    const chat = await asking([account, tags, reason]);
    expect(chat.find('.questions-head').textContent).toContain('Question 1 of 3');
    await pick(chat, 'Checking');
    await press(chat, 'Next');
    expect(legend(chat)).toBe('Which tags?');
    expect(chat.find('.hint').textContent).toBe('Choose one or more.');
    expect(chat.all('.option input[type=checkbox]')).toHaveLength(3);
    await pick(chat, 'Travel');
    await write(chat, '.own', 'Gifts');
    expect(chat.all('[data-chosen]')).toHaveLength(2);
    await press(chat, 'Back');
    expect(legend(chat)).toBe('Which account?');
    expect(chat.find<HTMLInputElement>('.option input').checked).toBe(true);
    await press(chat, 'Next');
    await press(chat, 'Next');
    expect(chat.find('.hint').textContent).toBe('One sentence.');
    await write(chat, 'textarea', 'Because.');
    const field = chat.find('textarea');
    expect(chat.press('Enter', { shiftKey: true }, field).defaultPrevented).toBe(false);
    chat.press('Enter', { isComposing: true }, field);
    expect(chat.server.count(ADD)).toBe(0);
    chat.press('Enter', {}, field);
    await chat.settled();
    expect(given(chat)).toEqual({
      status: 'answered',
      answers: {
        account: { values: ['Checking'], skipped: false },
        tags: { values: ['Travel', 'Gifts'], skipped: false },
        why: { values: ['Because.'], skipped: false },
      },
    });
  });

  it('[row 109] without an answer are not passed over unasked', async () => {
    const chat = await asking([reason]);
    await press(chat, 'Send');
    expect(chat.find('[role=alert]').textContent).toBe('Write an answer, or skip the question.');
    expect(chat.server.count(ADD)).toBe(0);
    await write(chat, 'textarea', 'x');
    expect(chat.all('.complaint')).toEqual([]);
  });

  it('[row 109] can be skipped one by one', async () => {
    const chat = await asking([account, reason]);
    await pick(chat, 'Checking');
    await press(chat, 'Skip');
    await write(chat, 'textarea', 'Because.');
    await press(chat, 'Send');
    expect(given(chat)).toEqual({
      status: 'answered',
      answers: {
        account: { values: [], skipped: true },
        why: { values: ['Because.'], skipped: false },
      },
    });
  });

  it('[row 109] can be skipped all at once, also when there is only one', async () => {
    const all = await asking([account, reason]);
    await pick(all, 'Checking');
    await press(all, 'Skip all');
    expect(given(all)).toEqual({ status: 'skipped', answers: {} });
    all.element.remove();
    const one = await asking([account]);
    await press(one, 'Skip');
    expect(given(one)).toEqual({ status: 'skipped', answers: {} });
  });
});

describe('answers on their way', () => {
  it('[row 109] cannot be changed or sent twice, but called off', async () => {
    const chat = await asking([account]);
    await pick(chat, 'Savings');
    await press(chat, 'Send');
    expect(chat.find<HTMLFieldSetElement>('fieldset').disabled).toBe(true);
    chat.button('Sending').click();
    expect(chat.server.count(ADD)).toBe(1);
    await press(chat, 'Cancel');
    expect(chat.server.stream.aborted).toBe(true);
    expect(chat.find<HTMLFieldSetElement>('fieldset').disabled).toBe(false);
    expect(chat.all('[data-chosen]')).toHaveLength(1);
  });

  it('[row 109] that do not get through stay, and are the same request when sent again', async () => {
    const chat = await asking([account]);
    await write(chat, '.own', 'The old one');
    chat.server.fetch.mockRejectedValueOnce(new TypeError('Failed to fetch'));
    await press(chat, 'Send');
    await chat.until(() => chat.all('[part=failure]').length === 1);
    expect(chat.all('[part=failure] button')).toEqual([]);
    expect(chat.find<HTMLInputElement>('.own').value).toBe('The old one');
    const keyOf = (call: number) => {
      const body = chat.server.fetch.mock.calls.at(call)?.[1]?.body;
      return JSON.parse(String(body)).metadata.idempotency_key;
    };
    await press(chat, 'Send');
    await chat.until(() => chat.server.count(ADD) === 1);
    expect(given(chat)).toMatchObject({ answers: { account: { values: ['The old one'] } } });
    expect(keyOf(-1)).toBe(keyOf(-2));
  });

  it('[row 109] that the server refuses stay, with its reason', async () => {
    const server = new FakeServer();
    server.answer(ADD, refusal(400, 'invalid_answer', 'Choose among the options.'));
    const chat = await asking([account], server);
    await write(chat, '.own', 'The old one');
    await press(chat, 'Send');
    await chat.until(() => chat.all('[part=failure]').length === 1);
    expect(chat.find('[part=failure]').textContent).toContain('Choose among the options.');
    expect(chat.find<HTMLInputElement>('.own').value).toBe('The old one');
  });

  it('[row 110] that come second show those of the other tab, and why', async () => {
    const server = new FakeServer();
    server.answer(ADD, refusal(409, 'already_answered', 'This has been answered.'));
    const chat = await asking([account], server);
    const answer = { values: ['Checking'], skipped: false };
    const other = asked([{ ...account, answer }], { status: 'answered' });
    server.answer('threads.get_by_id', wire.loaded('thr_1', [question, other]));
    await pick(chat, 'Savings');
    await press(chat, 'Send');
    await chat.until(() => chat.all('form.questions').length === 0);
    await chat.settled();
    expect(chat.find('[part=structured-input-answers]').textContent).toContain('Checking');
    expect(chat.find('[part=failure]').textContent).toContain('This has been answered.');
    expect(chat.shadow.activeElement).toBe(chat.input);
  });
});

describe('questions in a thread', () => {
  async function opened(items: object[], more: object = {}) {
    const server = new FakeServer();
    server.answer('threads.get_by_id', wire.loaded('thr_1', items, more));
    const chat = await new Mounted(server).start({ initialThread: 'thr_1' });
    await chat.until(() => chat.all('.asked').length === 1);
    await chat.settled();
    return chat;
  }

  it('[row 110] that wait are asked again after a reload, and take no focus', async () => {
    const chat = await opened([question, asked([account, reason])]);
    expect(legend(chat)).toBe('Which account?');
    expect(chat.shadow.activeElement).toBeNull();
  });

  it('[row 110] are there with their answers, several, or that they were skipped', async () => {
    const answered = asked(
      [
        { ...tags, answer: { values: ['Food', 'Travel'], skipped: false } },
        { ...reason, answer: { values: [], skipped: true } },
      ],
      { status: 'answered' },
    );
    const chat = await opened([question, answered]);
    expect(chat.all('form.questions')).toEqual([]);
    expect(chat.all('.asked dt').map((node) => node.textContent)).toEqual(['Which tags?', 'Why?']);
    expect(chat.all('.asked dd').map((node) => node.textContent)).toEqual([
      'Food',
      'Travel',
      'Skipped',
    ]);
  });

  it('[row 110] wait no longer when the talk went on or the thread is locked', async () => {
    const later = await opened([question, asked([account]), wire.userItem('m2', 'R')]);
    expect(later.all('form.questions')).toEqual([]);
    expect(later.find('.asked').textContent).toContain('Not answered');
    later.element.remove();
    const locked = await opened([question, asked([account])], { status: { type: 'locked' } });
    expect(locked.all('form.questions')).toEqual([]);
    expect(locked.input.disabled).toBe(true);
  });

  it('[row 108] without any question leave the composer alone', async () => {
    const server = new FakeServer();
    server.answer('threads.get_by_id', wire.loaded('thr_1', [question, asked([])]));
    const chat = await new Mounted(server).start({ initialThread: 'thr_1' });
    await chat.until(() => chat.named('thread.load.end').length === 1);
    await chat.settled();
    expect(chat.input.disabled).toBe(false);
  });
});
