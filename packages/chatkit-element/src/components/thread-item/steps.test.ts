import { afterEach, describe, expect, it } from 'vitest';
import { Mounted } from '../../testing/mount';
import * as wire from '../../testing/wire';

afterEach(() => document.body.replaceChildren());

const PAGE = { type: 'url', title: 'Fees', url: 'https://bank.example.com/fees' };
const workflow = (more: object) => ({
  id: 'w',
  type: 'workflow',
  workflow: { type: 'custom', tasks: [], expanded: false, ...more },
});
const task = (more: object) => ({ type: 'custom', status_indicator: 'none', ...more });
const changed = (index: number, to: object) =>
  wire.update('w', { type: 'workflow.task.updated', task_index: index, task: to });
const appended = (index: number, to: object) =>
  wire.update('w', { type: 'workflow.task.added', task_index: index, task: to });

/** The answer is under way, and this much of it has come. */
async function streaming(...events: object[]): Promise<Mounted> {
  const chat = await new Mounted().start();
  await chat.type('Q');
  chat.press('Enter');
  await chat.until(() => chat.server.streams.length === 1);
  chat.server.stream.send(wire.created(), wire.done(wire.userItem('m1', 'Q')), ...events);
  return chat;
}

const words = (element: Element | null | undefined) =>
  element?.textContent?.replaceAll(/\s+/g, ' ').trim();
const details = (chat: Mounted) => chat.find<HTMLDetailsElement>('details.workflow');
const fold = (chat: Mounted) => chat.find('details.workflow > summary').click();

describe('progress', () => {
  it('[row 87] is the last line, replaced by the next and gone with the first word', async () => {
    const chat = await streaming(wire.progress('Searching'));
    await chat.until(() => chat.all('.progress').length === 1);
    expect(words(chat.find('.progress'))).toBe('Searching');
    expect(chat.find('.progress .icon')).not.toBeNull();
    chat.server.stream.send(wire.progress('Reading'));
    await chat.until(() => words(chat.find('.progress')) === 'Reading');
    expect(chat.all('.progress')).toHaveLength(1);
    chat.server.stream.send(...wire.opening('m2'), wire.delta('m2', 'Done.'));
    await chat.until(() => chat.all('.progress').length === 0);
  });

  it('[row 87] ends with the response', async () => {
    const chat = await streaming(wire.progress('Searching'));
    await chat.until(() => chat.all('.progress').length === 1);
    chat.server.stream.close();
    await chat.until(() => chat.all('.progress').length === 0);
  });
});

describe('a workflow', () => {
  it('[row 88] is open while it goes on, shows what is done and what is not, and folds at its end', async () => {
    const first = task({ title: 'Open the ledger', status_indicator: 'complete' });
    const second = task({ title: 'Add it up', status_indicator: 'loading', icon: 'chart' });
    const chat = await streaming(wire.added(workflow({ tasks: [first] })), appended(1, second));
    await chat.until(() => chat.all('.step').length === 2);
    expect(details(chat).open).toBe(true);
    expect(chat.all('.step').map((step) => step.getAttribute('data-status'))).toEqual([
      'complete',
      'loading',
    ]);
    expect(chat.all('.step').map(words)).toEqual([
      'Open the ledger (done)',
      'Add it up (in progress)',
    ]);
    expect(words(chat.find('summary .folded'))).toBe('Add it up');
    const done = [first, { ...second, status_indicator: 'complete' }];
    chat.server.stream.send(
      wire.done(workflow({ tasks: done, summary: { title: 'Added up', icon: 'check' } })),
    );
    await chat.until(() => words(chat.find('details.workflow > summary')) === 'Added up');
    expect(details(chat).open).toBe(false);
    expect(chat.all('.spinner, .shimmer')).toEqual([]);
    expect(chat.all('.step').map(words)).toEqual(['Open the ledger (done)', 'Add it up (done)']);
  });

  it('[row 88] stays open where the server wants it', async () => {
    const tasks = [task({ title: 'One' })];
    const chat = await streaming(wire.done(workflow({ tasks, expanded: true })));
    await chat.until(() => chat.all('details.workflow').length === 1);
    expect(details(chat).open).toBe(true);
    expect(words(chat.find('details.workflow > summary'))).toBe('1 step');
  });

  it('[row 88] what the user folded stays folded, and what they unfolded unfolded', async () => {
    const chat = await streaming(wire.added(workflow({ tasks: [task({ title: 'One' })] })));
    await chat.until(() => chat.all('.step').length === 1);
    fold(chat);
    expect(details(chat).open).toBe(false);
    chat.server.stream.send(appended(1, task({ title: 'Two' })));
    await chat.until(() => chat.all('.step').length === 2);
    expect(details(chat).open).toBe(false);
    fold(chat);
    const tasks = [task({ title: 'One' }), task({ title: 'Two' })];
    chat.server.stream.send(wire.done(workflow({ tasks, summary: { title: 'Both' } }))).close();
    await chat.until(() => words(chat.find('details.workflow > summary')) === 'Both');
    expect(details(chat).open).toBe(true);
  });

  it('[row 88] that never ended moves no more when the response has', async () => {
    const loading = task({ title: 'Add it up', status_indicator: 'loading' });
    const chat = await streaming(wire.added(workflow({ tasks: [loading] })));
    await chat.until(() => chat.all('.spinner').length === 1);
    chat.server.stream.close();
    await chat.until(() => chat.all('.spinner').length === 0);
    expect(chat.all('.shimmer')).toEqual([]);
    expect(words(chat.find('.step'))).toBe('Add it up');
  });
});

describe('reasoning', () => {
  it('[row 89] shows the thought as it comes, and afterwards how long it took', async () => {
    const thought = (content: string) => ({ type: 'thought', content });
    const chat = await streaming(
      wire.added(workflow({ type: 'reasoning' })),
      appended(0, thought('It is **on')),
    );
    await chat.until(() => chat.all('.step').length === 1);
    expect(words(chat.find('.workflow > summary'))).toBe('Thinking');
    expect(chat.find('.step strong').textContent).toBe('on');
    chat.server.stream.send(changed(0, thought('It is **on time**.')));
    await chat.until(() => words(chat.find('.step')) === 'It is on time.');
    const tasks = [thought('It is **on time**.')];
    chat.server.stream.send(
      wire.done(workflow({ type: 'reasoning', tasks, summary: { duration: 74 } })),
    );
    await chat.until(() => details(chat).open === false);
    expect(words(chat.find('.workflow > summary'))).toBe('Thought for 1 min 14 s');
  });

  it('[row 89] says at once that it thinks, and nothing when there was no thought', async () => {
    const chat = await streaming(wire.added(workflow({ type: 'reasoning' })));
    await chat.until(() => chat.all('.workflow').length === 1);
    expect(words(chat.find('.workflow'))).toBe('Thinking');
    chat.server.stream.send(wire.done(workflow({ type: 'reasoning' }))).close();
    await chat.until(() => chat.all('.workflow').length === 0);
  });
});

describe('every kind of task', () => {
  const found = Array.from({ length: 8 }, (_, index) => ({ ...PAGE, title: `Page ${index}` }));
  const KINDS: Array<[string, object, string]> = [
    ['custom', { title: 'Looked up', icon: 'suitcase', content: '`1`' }, 'Looked up 1'],
    [
      'web_search',
      { title_query: 'Searching for fees', queries: ['fees 2026'], sources: found },
      'Searching for fees fees 2026 Page 0 Page 1 Page 2 Page 3 Page 4 Page 5 2 more Page 6 Page 7',
    ],
    ['web_search', {}, 'Searching the web'],
    ['thought', { title: 'Considered', content: 'Both *ways*' }, 'Considered Both ways'],
    ['thought', { content: 'Both ways' }, 'Both ways'],
    [
      'file',
      { title: 'Read', sources: [{ type: 'file', title: 'Terms', filename: 't.pdf' }] },
      'Read Terms',
    ],
    ['image', { title: 'Drew a chart' }, 'Drew a chart'],
    ['image', {}, 'Making an image'],
    ['from_later', {}, 'Step'],
  ];

  it.each(KINDS)('[row 90] %s in a workflow: %o', async (type, more, expected) => {
    const tasks = [task({ type, ...more })];
    const chat = await streaming(wire.done(workflow({ tasks, expanded: true })));
    await chat.until(() => chat.all('.step').length === 1);
    expect(words(chat.find('.step'))).toBe(expected);
  });

  it.each(KINDS)('[row 91] %s by itself: %o', async (type, more, expected) => {
    const item = {
      id: 't',
      type: 'task',
      task: task({ type, status_indicator: 'loading', ...more }),
    };
    const chat = await streaming(wire.done(item));
    await chat.until(() => chat.all('.step').length === 1);
    expect(words(chat.find('.step'))).toBe(expected);
    expect(chat.all('.spinner')).toEqual([]);
  });

  it('[row 90] sources of a search lead to the web only', async () => {
    const sources = [PAGE, { ...PAGE, title: 'Bad', url: 'javascript:alert(1)' }];
    const tasks = [task({ type: 'web_search', title: 'S', sources })];
    const chat = await streaming(wire.done(workflow({ tasks })));
    await chat.until(() => chat.all('.chip').length === 2);
    expect(chat.all('.chip a').map((link) => link.getAttribute('href'))).toEqual([PAGE.url]);
  });
});
