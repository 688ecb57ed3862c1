import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { fakeApi, json, refusal } from '../../testing/fake-api';
import { renderFeature } from '../../testing/render';
import { account, overview, user } from '../../testing/samples';
import { ImportPage } from './import-page';

const row = {
  line: 2,
  verdict: 'new',
  reason: '',
  account: 'Card',
  date: '2026-10-03',
  amount: '-12.30',
  currency: 'USD',
  description: 'CORNER MARKET',
  merchant: 'Corner Market',
  category: 'Groceries',
  pending: false,
  match_id: null,
};
const preview = {
  format: 'csv',
  profile: '',
  columns: [],
  reading: null,
  remembered: null,
  counts: { new: 2, known: 1, refused: 1, likely_duplicate: 3 },
  accounts: [{ id: 3, name: 'Card', currency: 'USD', rows: 4 }],
  new_categories: ['Garden'],
  rows: [
    row,
    {
      ...row,
      line: 5,
      verdict: 'refused',
      reason: 'There is no such day.',
      amount: null,
      currency: null,
      date: null,
    },
  ],
  truncated: false,
};
const draft = (changes: object = {}) => ({
  id: 'a1',
  created_at: '2026-11-20T10:00:00Z',
  file_name: 'october.csv',
  choices: {},
  preview,
  needs: null,
  ...changes,
});
const result = {
  id: 9,
  added: 2,
  known: 1,
  settled: 0,
  likely_duplicates: 3,
  refused: 1,
  transfers: 0,
};
const none = { data: [], drafts: [], has_more: false, after: null };

function open(routes: Parameters<typeof fakeApi>[0] = {}) {
  const onShow = vi.fn();
  const api = fakeApi({
    'GET /api/customuser/7/accounts/': () =>
      json(200, overview({ accounts: [account({ id: 3, name: 'Card' })] })),
    'GET /api/imports/': () => json(200, none),
    'GET /api/imports/headers/': () => json(200, { data: [] }),
    'POST /api/imports/': () => json(201, draft()),
    'GET /api/imports/a1/': () => json(200, draft()),
    ...routes,
  });
  renderFeature(<ImportPage user={user} onShow={onShow} />);
  return { api, onShow };
}

async function choose(name = 'october.csv') {
  const input = document.querySelector('input[type=file]') as HTMLInputElement;
  fireEvent.change(input, { target: { files: [new File(['x'], name)] } });
}

describe('importing a file', () => {
  it('shows what would happen to each row before anything is added', async () => {
    const { api } = open();
    await choose();
    const table = within(await screen.findByRole('table', { name: 'Rows of the file' }));
    const [, first, second] = table.getAllByRole('row').map(({ textContent }) => textContent);
    expect(first).toBe('22026-10-03Corner MarketCORNER MARKETNewGroceries−$12.30');
    expect(second).toContain('Cannot be readThere is no such day.');
    expect(screen.getByText('Into Card (USD). New categories: Garden.')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Import 2 transactions' })).toBeTruthy();
    expect(api.to('/api/imports/a1/commit/')).toEqual([]);
  });

  it('says of each row which account it is of, where there are several', async () => {
    const accounts = [...preview.accounts, { id: 4, name: 'Savings', currency: 'USD', rows: 1 }];
    const errors = vi.spyOn(console, 'error');
    const rows = [row, { ...row, account: 'Savings' }]; // of a file of one line
    const shown = { ...preview, accounts, rows };
    open({ 'GET /api/imports/a1/': () => json(200, draft({ preview: shown })) });
    await choose();
    const table = within(await screen.findByRole('table', { name: 'Rows of the file' }));
    const [, first, second] = table.getAllByRole('row').map(({ textContent }) => textContent);
    expect(first).toContain('NewCardGroceries');
    expect(second).toContain('NewSavingsGroceries');
    expect(errors).not.toHaveBeenCalled();
  });

  it('says which line of the file it could not read', async () => {
    open({
      'POST /api/imports/': () =>
        json(400, { error: { code: 'invalid', message: 'No row can be read here.', line: 1204 } }),
    });
    await choose();
    expect((await screen.findByRole('alert')).textContent).toBe(
      'Line 1,204: No row can be read here.',
    );
  });

  it('says which file is being read as long as that takes', async () => {
    let answer = (_: Response) => {};
    const answered = new Promise<Response>((resolve) => {
      answer = resolve;
    });
    open({ 'POST /api/imports/': () => answered });
    expect(screen.getByRole('status', { name: 'Reading' }).textContent).toBe('');
    await choose();
    await waitFor(() =>
      expect(screen.getByRole('status', { name: 'Reading' }).textContent).toBe(
        'Reading october.csv …Nothing is added yet. A large file takes a while.',
      ),
    );
    answer(json(201, draft()));
    expect(await screen.findByRole('button', { name: 'Import 2 transactions' })).toBeTruthy();
  });

  it('adds them when that is confirmed, and takes them back', async () => {
    let added = (_: Response) => {};
    const committed = new Promise<Response>((resolve) => {
      added = resolve;
    });
    const { api, onShow } = open({
      'POST /api/imports/a1/commit/': () => committed,
      'DELETE /api/imports/9/': () => json(200, { deleted: 2 }),
    });
    await choose();
    fireEvent.click(await screen.findByRole('button', { name: 'Import 2 transactions' }));
    expect(await screen.findByText(/^Adding 2 transactions …/)).toBeTruthy();
    added(json(200, result));
    const done = await screen.findByRole('status', { name: 'Imported' });
    expect(done.textContent).toContain('2 transactions added');
    expect(done.textContent).toContain('1 was already here · 3 left out as probable duplicates');
    fireEvent.click(within(done).getByRole('button', { name: 'Show transactions' }));
    expect(onShow).toHaveBeenCalledOnce();
    fireEvent.click(within(done).getByRole('button', { name: 'Undo import' }));
    await waitFor(() => expect(screen.queryByRole('status', { name: 'Imported' })).toBeNull());
    expect(api.to('/api/imports/9/')[0]?.method).toBe('DELETE');
  });

  it('asks for what the file does not say', async () => {
    const needs = { code: 'account', message: 'The file names no account.', choices: ['Card'] };
    const { api } = open({
      'POST /api/imports/': () => json(201, draft({ preview: null, needs })),
      'GET /api/imports/a1/': () => json(200, draft({ preview: null, needs })),
      'PATCH /api/imports/a1/': () => {
        api.answer('GET /api/imports/a1/', () => json(200, draft()));
        return json(200, draft());
      },
    });
    await choose();
    await screen.findByText('The file names no account.');
    const proceed = screen.getByRole('button', { name: 'Continue' });
    expect(proceed).toHaveProperty('disabled', true);
    await screen.findByRole('option', { name: 'Card (USD)' });
    fireEvent.change(screen.getByLabelText('Account'), { target: { value: 'new' } });
    expect(proceed).toHaveProperty('disabled', true);
    fireEvent.change(screen.getByLabelText('Its name'), { target: { value: ' Holiday ' } });
    fireEvent.click(proceed);
    await screen.findByRole('table', { name: 'Rows of the file' });
    expect(api.to('/api/imports/a1/').find(({ method }) => method === 'PATCH')?.body).toEqual({
      new_account: 'Holiday',
      account_id: null,
    });
  });

  it('asks for each account that a file names', async () => {
    const needs = (name: string) =>
      json(200, draft({ preview: null, needs: { code: 'account', message: name, account: name } }));
    const { api } = open({
      'GET /api/imports/a1/': () => needs('first'),
      'PATCH /api/imports/a1/': () => {
        api.answer('GET /api/imports/a1/', () => needs('second'));
        return needs('second');
      },
    });
    await choose();
    await screen.findByText('first');
    await screen.findByRole('option', { name: 'Card (USD)' });
    fireEvent.change(screen.getByLabelText('Account'), { target: { value: '3' } });
    fireEvent.click(screen.getByRole('button', { name: 'Continue' }));
    await screen.findByText('second');
    expect(screen.getByLabelText('Account')).toHaveProperty('value', '');
    expect(api.to('/api/imports/a1/').find(({ method }) => method === 'PATCH')?.body).toEqual({
      accounts: { first: { account_id: 3 } },
    });
  });

  it('maps columns by hand: one amount, or money out and in', async () => {
    const needs = {
      code: 'mapping',
      message: 'Which columns?',
      choices: ['Tag', 'Text', 'Soll', 'Haben'],
      samples: ['03/10/2026', 'A shop with quite a long name', '', '12,00'],
    };
    const { api } = open({
      'GET /api/imports/a1/': () => json(200, draft({ preview: null, needs })),
      'PATCH /api/imports/a1/': () => json(200, draft()),
    });
    await choose();
    const pick = (label: string, value: string) =>
      fireEvent.change(screen.getByLabelText(label), { target: { value } });
    await screen.findByText('Which columns?');
    const dates = within(screen.getByLabelText('Date')).getAllByRole('option');
    expect(dates.map(({ textContent }) => textContent)).toEqual([
      'Not in this file',
      'Tag: 03/10/2026',
      'Text: A shop with quite a lon…',
      'Soll',
      'Haben: 12,00',
    ]);
    pick('Date', 'Tag');
    pick('Description', 'Text');
    pick('Money out', 'Soll');
    expect(screen.getByRole('button', { name: 'Continue' })).toHaveProperty('disabled', true);
    pick('Money in', 'Haben');
    fireEvent.click(screen.getByRole('button', { name: 'Continue' }));
    await waitFor(() =>
      expect(api.to('/api/imports/a1/').find(({ method }) => method === 'PATCH')?.body).toEqual({
        mapping: { date: 'Tag', description: ['Text'], debit: 'Soll', credit: 'Haben' },
      }),
    );
  });

  describe('a table with columns that were explained before', () => {
    const reading = {
      date: 'Tag',
      description: ['Was'],
      amount: 'Wieviel',
      merchant: ['Wer'],
      date_order: 'dmy',
      decimal_mark: ',',
    };
    const columns = ['Tag', 'Was', 'Wieviel', 'Wer', 'Art'];
    const known = draft({ preview: { ...preview, columns, reading, remembered: 5 } });
    const said = (api: ReturnType<typeof open>['api']) =>
      api.to('/api/imports/a1/').find(({ method }) => method === 'PATCH')?.body;

    it('says how it is read, with each column that the categories are made of', async () => {
      const read = { ...reading, category: ['Art', 'Unterart'] };
      const shown = { ...preview, columns, reading: read, remembered: 5 };
      open({ 'GET /api/imports/a1/': () => json(200, draft({ preview: shown })) });
      await choose();
      const words = await screen.findByText(/Read like your last file with these columns/);
      expect(words.parentElement?.textContent).toContain('category from “Art and Unterart”.');
    });

    it('says how it is read, and changes only what is otherwise', async () => {
      const { api } = open({
        'GET /api/imports/a1/': () => json(200, known),
        'PATCH /api/imports/a1/': () => json(200, known),
      });
      await choose();
      const words = await screen.findByText(/Read like your last file with these columns/);
      expect(words.parentElement?.textContent).toContain(
        'Date from “Tag”, amount from “Wieviel”, description from “Was”.',
      );
      fireEvent.click(screen.getByRole('button', { name: 'Read it differently' }));
      const pick = (label: string, value: string) =>
        fireEvent.change(screen.getByLabelText(label), { target: { value } });
      expect(screen.getByLabelText('Order of the dates')).toHaveProperty('value', 'dmy');
      expect(screen.getByLabelText('Account')).toHaveProperty('value', '3');
      pick('Money out is written', 'plain');
      pick('Category', 'Art');
      pick('Decimals', '.');
      fireEvent.click(screen.getByRole('button', { name: 'Read it so' }));
      await waitFor(() =>
        expect(said(api)).toEqual({
          mapping: {
            date: 'Tag',
            description: ['Was'],
            amount: 'Wieviel',
            merchant: ['Wer'],
            category: ['Art'],
            money_out_is_positive: true,
          },
          decimal_mark: '.',
        }),
      );
    });

    it('forgets them from the file, and from the list', async () => {
      const header = {
        id: 5,
        used_at: '2026-11-20T10:00:00Z',
        columns: ['Tag', 'Was'],
        mapping: {},
        profile: '',
        date_order: '',
        decimal_mark: '',
        account_id: 3,
        account: 'Card',
        several_accounts: false,
      };
      const { api } = open({
        'GET /api/imports/headers/': () => json(200, { data: [header] }),
        'GET /api/imports/a1/': () => json(200, known),
        'DELETE /api/imports/headers/5/': () => {
          api.answer('GET /api/imports/headers/', () => json(200, { data: [] }));
          api.answer('GET /api/imports/a1/', () => json(200, draft()));
          return json(200, {});
        },
      });
      const list = await screen.findByRole('region', { name: 'Tables you explained' });
      expect(list.textContent).toContain('Tag, WasInto Card');
      await choose();
      fireEvent.click(await screen.findByRole('button', { name: 'Forget' }));
      await waitFor(() => expect(screen.queryByText(/Read like your last/)).toBeNull());
      expect(api.to('/api/imports/headers/5/')).toHaveLength(1);
    });
  });

  it('says why a file is refused, and takes another one', async () => {
    open({ 'POST /api/imports/': () => refusal(422, 'empty', 'The file is empty.') });
    await choose('nothing.csv');
    expect((await screen.findByRole('alert')).textContent).toContain('The file is empty.');
    expect(screen.getByRole('button', { name: 'Choose a file' })).toBeTruthy();
  });

  it('lists earlier imports, each with a way back, and files that wait', async () => {
    const batch = {
      id: 4,
      created_at: '2026-11-01T08:00:00Z',
      file_name: 'card.ofx',
      file_format: 'ofx',
      status: 'done',
      added: 1200,
      known: 0,
      settled: 0,
      refused: 0,
    };
    const { api } = open({
      'GET /api/imports/': () =>
        json(200, {
          ...none,
          data: [batch, { ...batch, id: 3, file_name: 'old.qif', status: 'reverted' }],
          drafts: [{ id: 'a1', created_at: '2026-11-20T10:00:00Z', file_name: 'october.csv' }],
        }),
      'DELETE /api/imports/4/': () => json(200, { deleted: 1200 }),
    });
    const list = within(await screen.findByRole('region', { name: 'Imports' }));
    const [waits, done, back] = list.getAllByRole('listitem').map(({ textContent }) => textContent);
    expect(waits).toContain('Not imported yet');
    expect(done).toContain('1,200 added');
    expect(back).toContain('Taken back');
    fireEvent.click(list.getByRole('button', { name: 'Undo import of card.ofx' }));
    await waitFor(() => expect(api.to('/api/imports/4/')).toHaveLength(1));
    fireEvent.click(list.getByRole('button', { name: 'Continue' }));
    expect(await screen.findByRole('table', { name: 'Rows of the file' })).toBeTruthy();
  });
});
