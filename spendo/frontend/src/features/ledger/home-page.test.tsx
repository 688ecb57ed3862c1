import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeApi, json, refusal } from '../../testing/fake-api';
import { renderFeature } from '../../testing/render';
import { account, overview, transaction, user } from '../../testing/samples';
import { HomePage } from './home-page';

const ACCOUNTS = 'GET /api/customuser/7/accounts/';
const TRANSACTIONS = 'GET /api/transactions/';
const onePage = (...data: ReturnType<typeof transaction>[]) =>
  json(200, { data, has_more: false, after: null });

function open(routes: Parameters<typeof fakeApi>[0] = {}) {
  const onAsk = vi.fn();
  const onImport = vi.fn();
  const api = fakeApi({
    [ACCOUNTS]: () => json(200, overview()),
    [TRANSACTIONS]: () => onePage(transaction()),
    ...routes,
  });
  renderFeature(<HomePage user={user} onAsk={onAsk} onImport={onImport} />);
  return { api, onAsk, onImport };
}

const balances = () => screen.findByRole('region', { name: /^Total balance/ });
const table = () => screen.findByRole('table', { name: 'Recent transactions' });

describe('the overview', () => {
  it('shows the total and each kind of balance', async () => {
    open();
    const region = within(await balances());
    expect(region.getByText('$9,001.25')).toBeTruthy();
    expect(region.getByText('Cash').nextElementSibling?.textContent).toBe('$1,500.25');
    expect(region.getByText('Savings').nextElementSibling?.textContent).toBe('$2,500.00');
    expect(region.getByText('Investing & retirement').nextElementSibling?.textContent).toBe(
      '$5,001.00',
    );
  });

  it('shows property and loans to who has some', async () => {
    open({
      [ACCOUNTS]: () => json(200, overview({ property: '87600.00', loans: '-12314.58' })),
    });
    const region = within(await balances());
    expect(region.getByText('Property').nextElementSibling?.textContent).toBe('$87,600.00');
    expect(region.getByText('Loans').nextElementSibling?.textContent).toBe('\u2212$12,314.58');
  });

  it('shows neither to who has none', async () => {
    open();
    const region = within(await balances());
    expect(region.queryByText('Loans')).toBeNull();
    expect(region.queryByText('Property')).toBeNull();
  });

  it('says which money is not in the totals', async () => {
    open({
      [ACCOUNTS]: () =>
        json(
          200,
          overview({
            partial: true,
            left_out: [
              { currency: 'EUR', balance: '1204.90', accounts: 1 },
              { currency: 'JPY', balance: '80000', accounts: 2 },
            ],
          }),
        ),
    });
    const region = await balances();
    expect(within(region).getByRole('heading').textContent).toBe('Total balance, USD only');
    expect(region.textContent).toContain(
      'Not in these totals: €1,204.90 in one account and ¥80,000 in 2 accounts.',
    );
  });

  it('lists accounts by group with institution, kind and what is pending', async () => {
    open({
      [ACCOUNTS]: () =>
        json(
          200,
          overview({
            accounts: [
              account({ id: 1, name: 'Old nest egg', group: 'vault', kind: 'time_deposit' }),
              account({
                id: 2,
                name: 'Card',
                kind: 'credit_card',
                balance: '-80.00',
                pending: '-9.50',
              }),
              account({ id: 3, name: 'Pot', group: 'saving', kind: 'savings', institution: '' }),
            ],
          }),
        ),
    });
    const region = within(await screen.findByRole('region', { name: 'Accounts' }));
    expect(region.getAllByRole('heading', { level: 3 }).map((h) => h.textContent)).toEqual([
      'Cash',
      'Savings',
      'Other',
    ]);
    const [card, pot, egg] = region.getAllByRole('listitem').map((item) => item.textContent);
    expect(card).toContain('First Harbor · Credit card');
    expect(card).toContain('\u2212$80.00');
    expect(card).toContain('\u2212$9.50 pending');
    expect(pot).toContain('PotSavings');
    expect(pot).not.toContain('pending');
    expect(egg).toContain('time deposit');
  });

  it('marks pending rows and transfers in words', async () => {
    open({
      [TRANSACTIONS]: () =>
        onePage(
          transaction({ id: 3, pending: true }),
          transaction({
            id: 2,
            transfer: true,
            merchant: '',
            description: 'To savings',
            category: null,
          }),
          transaction({ id: 1, category: null }),
        ),
    });
    const [, pending, transfer, plain] = within(await table())
      .getAllByRole('row')
      .map((row) => row.textContent);
    expect(pending).toContain('Pending');
    expect(transfer).toContain('To savingsTransfer');
    expect(transfer).not.toContain('No category');
    expect(plain).toContain('No category');
    expect(plain).not.toContain('Pending');
  });

  it('shows the bank’s text only when it says more than the shop’s name', async () => {
    open({
      [TRANSACTIONS]: () =>
        onePage(
          transaction({ id: 2, merchant: 'Corner Market', description: 'CORNER MARKET 0231' }),
          transaction({ id: 1, merchant: 'Rent', description: 'OAK STREET APARTMENTS' }),
        ),
    });
    await table();
    expect(screen.queryByText('CORNER MARKET 0231')).toBeNull();
    expect(screen.getByText('OAK STREET APARTMENTS')).toBeTruthy();
  });

  it('loads more below what is there, until there is no more', async () => {
    open({
      [TRANSACTIONS]: ({ path }) =>
        path.includes('after=2')
          ? onePage(transaction({ id: 1, merchant: 'Oldest' }))
          : json(200, {
              data: [transaction({ id: 2, merchant: 'Newest' })],
              has_more: true,
              after: 2,
            }),
    });
    fireEvent.click(await screen.findByRole('button', { name: 'Load more' }));
    await screen.findByText('Oldest');
    expect(screen.getByText('Newest')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Load more' })).toBeNull();
    expect(screen.getByRole('status').textContent).toBe('2 transactions shown');
  });

  it('keeps the rows when loading more fails, and offers to try again', async () => {
    const { api } = open({
      [TRANSACTIONS]: ({ path }) =>
        path.includes('after=2')
          ? refusal(503, 'unavailable', 'Not now. Try again in a moment.')
          : json(200, {
              data: [transaction({ id: 2, merchant: 'Newest' })],
              has_more: true,
              after: 2,
            }),
    });
    fireEvent.click(await screen.findByRole('button', { name: 'Load more' }));
    await screen.findByText('Not now. Try again in a moment.');
    expect(screen.getByText('Newest')).toBeTruthy();
    api.answer(TRANSACTIONS, () => onePage(transaction({ id: 1, merchant: 'Oldest' })));
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('Oldest')).toBeTruthy();
    expect(screen.getByText('Newest')).toBeTruthy();
  });

  it('says an error where it happened and leaves the rest of the page', async () => {
    const { api } = open({ [ACCOUNTS]: () => refusal(404, 'not_found', 'No balances here.') });
    expect((await screen.findByRole('alert')).textContent).toContain('No balances here.');
    expect(await table()).toBeTruthy();
    api.answer(ACCOUNTS, () => json(200, overview()));
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await balances()).toBeTruthy();
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('gives a new user one sentence and something to do', async () => {
    const { onAsk } = open({
      [ACCOUNTS]: () => json(200, overview({ accounts: [], total_balance: '0.00' })),
      [TRANSACTIONS]: () => onePage(),
    });
    await screen.findByText(/You have no accounts yet/);
    expect(screen.queryByText('$0.00')).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: 'Ask what Spendo can do' }));
    expect(onAsk).toHaveBeenCalledOnce();
  });
});

describe('the overview on a phone', () => {
  beforeEach(() => {
    vi.spyOn(window, 'matchMedia').mockImplementation(
      (query) =>
        ({
          matches: query.includes('max-width'),
          addEventListener: () => undefined,
          removeEventListener: () => undefined,
        }) as unknown as MediaQueryList,
    );
  });

  it('lists transactions under their days instead of a table', async () => {
    open({
      [TRANSACTIONS]: () =>
        onePage(
          transaction({ id: 3, date: '2026-01-15', pending: true }),
          transaction({ id: 2, date: '2026-01-15' }),
          transaction({ id: 1, date: '2025-12-31' }),
        ),
    });
    const region = within(await screen.findByRole('region', { name: 'Recent transactions' }));
    await waitFor(() => expect(region.getAllByRole('listitem')).toHaveLength(3));
    expect(region.getAllByRole('heading', { level: 3 })).toHaveLength(2);
    expect(region.getAllByRole('listitem')[0]?.textContent).toContain('Pending · Groceries');
    expect(screen.queryByRole('table')).toBeNull();
  });
});

describe('the overview while it loads', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('shows the shape of the page after 200 ms and not before', async () => {
    const never = () => new Promise<Response>(() => undefined);
    const { container } = (() => {
      fakeApi({ [ACCOUNTS]: never, [TRANSACTIONS]: never });
      return renderFeature(
        <HomePage user={user} onAsk={() => undefined} onImport={() => undefined} />,
      );
    })();
    await vi.advanceTimersByTimeAsync(190);
    expect(container.querySelector('.mantine-Skeleton-root')).toBeNull();
    await vi.advanceTimersByTimeAsync(20);
    expect(container.querySelectorAll('.mantine-Skeleton-root').length).toBeGreaterThan(10);
  });
});
