import type { Entity } from '@openai/chatkit';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Mounted } from '../../testing/mount';
import * as wire from '../../testing/wire';

const URL_SOURCE = {
  type: 'url',
  title: 'Key rates',
  url: 'https://www.example.com/rates',
  description: 'All three of them.',
  timestamp: '2026-10-30',
  attribution: 'Central bank',
  group: 'Web',
};
const FILE = { type: 'file', title: 'Contract', filename: 'c.pdf', group: 'Yours' };
const ENTITY = {
  type: 'entity',
  id: 'acct_7',
  title: 'Mortgage account',
  icon: 'suitcase',
  label: 'Account',
  inline_label: 'Mortgage',
  interactive: true,
  data: { kind: 'account' },
};
const TEXT = 'Fixed until 2028. Lowered. Left.';

const annotation = (source: object, index?: number) => ({ type: 'annotation', source, index });
const answer = (annotations: object[]) => ({
  ...wire.answerItem('m2', ''),
  content: [{ type: 'output_text', text: TEXT, annotations }],
});
const ALL = [
  annotation(URL_SOURCE, 25),
  annotation(FILE, 16),
  annotation(FILE, 25),
  annotation(ENTITY, 31),
  annotation({ ...URL_SOURCE, title: 'Survey', url: 'https://data.example.org/s' }),
];

afterEach(() => document.body.replaceChildren());

async function answered(annotations: object[], options = {}): Promise<Mounted> {
  const chat = await new Mounted().start(options);
  await chat.exchange('Q', [
    wire.created(),
    wire.done(wire.userItem('m1', 'Q')),
    wire.done(answer(annotations)),
  ]);
  await chat.until(() => chat.all('.sources summary').length === 1);
  return chat;
}

const marks = (chat: Mounted) => chat.all('.source-mark') as HTMLButtonElement[];
const card = (chat: Mounted) => chat.shadow.querySelector('.source-card');

describe('marks in the text', () => {
  it('[row 84] stand at their index; those of one place share a mark; numbers follow the text', async () => {
    const chat = await answered(ALL);
    // A word joiner stands before each mark.
    expect(
      chat
        .find('.prose')
        .textContent?.replaceAll(/\s*\u2060\s*/g, '^')
        .trim(),
    ).toBe('Fixed until 2028^1. Lowered^1, 2. Left^Mortgage.');
    expect(marks(chat).map((mark) => mark.getAttribute('aria-label'))).toEqual([
      'Source 1: Contract',
      'Source 1, 2: Contract, Key rates',
      'Source 3: Mortgage, Mortgage account',
    ]);
  });

  it('[row 84] a press shows the sources, another hides them, Escape too', async () => {
    const chat = await answered(ALL);
    const [, second] = marks(chat);
    second?.click();
    expect(second?.getAttribute('aria-expanded')).toBe('true');
    expect(card(chat)?.textContent?.replaceAll(/\s+/g, ' ').trim()).toBe(
      'Contract c.pdf Key rates example.com · Central bank · Oct 30, 2026 All three of them.',
    );
    expect(card(chat)?.querySelector('a')?.getAttribute('href')).toBe(
      'https://www.example.com/rates',
    );
    second?.click();
    expect(card(chat)).toBeNull();
    second?.click();
    chat.press('Escape', {}, second);
    expect(card(chat)).toBeNull();
    expect(second?.getAttribute('aria-expanded')).toBe('false');
  });

  it('[row 84] a mouse that rests on a mark sees its card; focus does, too; only one is open', async () => {
    const chat = await answered(ALL);
    const [first, second] = marks(chat);
    first?.parentElement?.dispatchEvent(new MouseEvent('pointerenter'));
    await chat.until(() => card(chat)?.textContent?.includes('Contract') === true);
    second?.focus();
    expect(chat.all('.source-card')).toHaveLength(1);
    expect(card(chat)?.textContent).toContain('Key rates');
    second?.blur();
    expect(card(chat)).toBeNull();
  });

  it('[row 84] stay while the answer streams, also where its part ends without them', async () => {
    const chat = await new Mounted().start();
    await chat.type('Q');
    chat.press('Enter');
    await chat.until(() => chat.server.streams.length === 1);
    chat.server.stream.send(
      wire.created(),
      wire.done(wire.userItem('m1', 'Q')),
      ...wire.opening('m2'),
      wire.delta('m2', 'Fixed until 2028'),
      wire.update('m2', {
        type: 'assistant_message.content_part.annotation_added',
        content_index: 0,
        annotation_index: 0,
        annotation: annotation(FILE, 16),
      }),
    );
    await chat.until(() => marks(chat).length === 1);
    const [mark] = marks(chat);
    mark?.click();
    chat.server.stream.send(
      wire.delta('m2', '. And more'),
      wire.update('m2', {
        type: 'assistant_message.content_part.done',
        content_index: 0,
        content: { type: 'output_text', text: 'Fixed until 2028. And more', annotations: [] },
      }),
    );
    await chat.until(() => chat.find('.prose').textContent?.includes('And more') === true);
    expect(marks(chat)).toEqual([mark]);
    expect(card(chat)?.textContent).toContain('Contract');
    chat.server.stream
      .send(wire.done({ ...wire.answerItem('m2', 'Fixed until 2028. And more') }))
      .close();
    await chat.until(() => marks(chat).length === 0);
  });
});

describe('the list of sources', () => {
  it('[row 85] is folded, names each source once, in groups, with what is known of it', async () => {
    const chat = await answered(ALL);
    const list = chat.find<HTMLDetailsElement>('.sources');
    expect(list.open).toBe(false);
    expect(list.querySelector('summary')?.textContent).toContain('4 sources');
    expect(chat.all('.source-group').map((group) => group.textContent)).toEqual(['Yours', 'Web']);
    expect(
      chat.all('.sources .source').map((row) => row.textContent?.replaceAll(/\s+/g, ' ').trim()),
    ).toEqual([
      '1 Contract c.pdf',
      '2 Key rates example.com · Central bank · Oct 30, 2026',
      '4 Survey data.example.org · Central bank · Oct 30, 2026',
      '3 Mortgage account Account',
    ]);
  });

  it('[row 85] leads nowhere but to the web, and fetches nothing', async () => {
    const chat = await answered([
      annotation({ ...URL_SOURCE, url: 'javascript:alert(1)' }, 3),
      annotation({ ...URL_SOURCE, title: '<img src=x onerror=alert(1)>' }, 5),
    ]);
    expect(chat.all('.sources a').map((link) => link.getAttribute('href'))).toEqual([
      'https://www.example.com/rates',
    ]);
    expect(chat.all('.sources a')[0]?.getAttribute('rel')).toBe('noopener noreferrer');
    expect(chat.all('img')).toEqual([]);
    expect(new Set(chat.server.requests.map(({ url }) => url))).toEqual(new Set(['/chatkit']));
  });
});

describe('what the page knows', () => {
  it('[row 86] an entity is marked by its own words, and its click is the page’s', async () => {
    const onClick = vi.fn();
    const chat = await answered(ALL, { entities: { onClick } });
    const mark = marks(chat).at(-1);
    expect(mark?.textContent?.trim()).toBe('Mortgage');
    expect(mark?.querySelector('.icon')).not.toBeNull();
    mark?.click();
    const entity: Entity = {
      id: 'acct_7',
      title: 'Mortgage account',
      icon: 'suitcase',
      interactive: true,
      data: { kind: 'account' },
    };
    expect(onClick.mock.calls).toEqual([[entity]]);
    expect(card(chat)).toBeNull();
  });

  it('[row 86] a file is handed to the page as well', async () => {
    const onClick = vi.fn();
    const chat = await answered(ALL, { entities: { onClick } });
    chat.find('.sources button.source-name').click();
    expect(onClick.mock.calls).toEqual([
      [
        {
          id: 'c.pdf',
          title: 'Contract',
          group: 'Yours',
          interactive: true,
          data: { type: 'file', filename: 'c.pdf' },
        },
      ],
    ]);
  });

  it('[row 86] one that may not be clicked is no button', async () => {
    const onClick = vi.fn();
    const chat = await answered([annotation({ ...ENTITY, interactive: false }, 5)], {
      entities: { onClick },
    });
    expect(chat.all('.sources button')).toEqual([]);
    marks(chat)[0]?.click();
    expect(card(chat)?.textContent).toContain('Mortgage account');
    expect(onClick).not.toHaveBeenCalled();
  });

  it('[row 86] the card shows the preview the page gives, and does without when it gives none', async () => {
    const onRequestPreview = vi.fn(async () => ({
      preview: {
        type: 'Basic' as const,
        children: [{ type: 'Text' as const, value: '$812 left' }],
      },
    }));
    const chat = await answered(ALL, { entities: { onRequestPreview } });
    const mark = marks(chat).at(-1);
    mark?.click();
    await chat.until(() => card(chat)?.textContent?.includes('$812 left') === true);
    expect(onRequestPreview).toHaveBeenCalledWith(expect.objectContaining({ id: 'acct_7' }));
    mark?.click();
    onRequestPreview.mockRejectedValueOnce(new Error('no'));
    mark?.click();
    await chat.settled();
    expect(card(chat)?.textContent).toContain('Mortgage account');
  });
});
