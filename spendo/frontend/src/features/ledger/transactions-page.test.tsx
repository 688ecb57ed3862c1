import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { fakeApi, json, refusal } from '../../testing/fake-api';
import { renderFeature } from '../../testing/render';
import { account, overview, transaction, user } from '../../testing/samples';
import { TransactionsPage } from './transactions-page';

const TRANSACTIONS = 'GET /api/transactions/';
const totals = {
  currency: 'USD',
  spending: '412.50',
  income: '0.00',
  net: '-412.50',
  count: 2,
  pending: 1,
  partial: true,
  left_out: [{ currency: 'JPY', amount: '80000', transactions: 1 }],
};
const found = (...data: ReturnType<typeof transaction>[]) =>
  json(200, { data, has_more: false, after: null, count: 23, left_out: [], totals });

function open(address = '', routes: Parameters<typeof fakeApi>[0] = {}) {
  const onAddress = vi.fn<(filter: URLSearchParams) => void>();
  const api = fakeApi({
    'GET /api/customuser/7/accounts/': () =>
      json(200, overview({ accounts: [account({ id: 3, name: 'Card' })] })),
    'GET /api/categories/': () =>
      json(200, { categories: [{ id: 5, name: 'Groceries', kind: 'expense' }] }),
    [TRANSACTIONS]: () => found(transaction()),
    ...routes,
  });
  renderFeature(
    <TransactionsPage user={user} address={new URLSearchParams(address)} onAddress={onAddress} />,
  );
  return { api, onAddress };
}

const asked = (onAddress: ReturnType<typeof open>['onAddress']) =>
  onAddress.mock.lastCall?.[0].toString();

describe('the list of transactions', () => {
  it('asks for the rows and totals that the address names, and shows both', async () => {
    const { api } = open('from=2026-10-01&to=2026-11-01&category=5&counted=spending&utm=1');
    const region = within(await screen.findByRole('region', { name: 'Matching transactions' }));
    expect(await region.findByText('23')).toBeTruthy();
    expect(region.getByText('Spent').nextElementSibling?.textContent).toBe('$412.50');
    expect(region.getByText(/1 pending row waits/).textContent).toContain(
      'because no exchange rate is known: ¥80,000.',
    );
    expect(api.to('/api/transactions/')[0]?.path).toBe(
      '/api/transactions/?from=2026-10-01&to=2026-11-01&category=5&counted=spending&limit=50&totals=1',
    );
  });

  it('is of everything when the address names nothing', async () => {
    const { api } = open();
    await screen.findByRole('region', { name: 'All transactions' });
    expect(api.to('/api/transactions/')[0]?.path).toContain('?limit=50');
    expect(screen.queryByRole('list', { name: 'Filters' })).toBeNull();
  });

  it('names the filters that the form does not show, and takes each one off', async () => {
    const { onAddress } = open(
      'from=2026-10-01&to=2026-11-01&category=5,none&merchant=Fish\\, Co,B&transfers=0&counted=spending',
    );
    const filters = within(await screen.findByRole('list', { name: 'Filters' }));
    await waitFor(() =>
      expect(filters.getAllByRole('button').map(({ textContent }) => textContent)).toEqual([
        'Groceries',
        'No category',
        'Fish, Co',
        'B',
        'Counted as spending',
      ]),
    );
    fireEvent.click(filters.getByRole('button', { name: 'Remove filter: Groceries' }));
    expect(asked(onAddress)).toContain('category=none');
    fireEvent.click(filters.getByRole('button', { name: 'Remove filter: B' }));
    expect(onAddress.mock.lastCall?.[0].get('merchant')).toBe('Fish\\, Co');
    fireEvent.click(screen.getByRole('button', { name: 'Clear all' }));
    expect(asked(onAddress)).toBe('');
  });

  it('writes what the form says into the address', async () => {
    const { onAddress } = open();
    await screen.findByRole('option', { name: 'Groceries' });
    fireEvent.change(screen.getByLabelText('Category'), { target: { value: '5' } });
    expect(asked(onAddress)).toBe('category=5');
    fireEvent.change(screen.getByLabelText('To'), { target: { value: '2026-02-28' } });
    expect(onAddress.mock.lastCall?.[0].get('to')).toBe('2026-03-01');
    const words = screen.getByLabelText('Search');
    fireEvent.change(words, { target: { value: '  50% off & <b> ' } });
    fireEvent.submit(words);
    expect(onAddress.mock.lastCall?.[0].get('text')).toBe('50% off & <b>');
  });

  it('says so when nothing is like that, and leads back to everything', async () => {
    const { onAddress } = open('text=zebra', { [TRANSACTIONS]: () => found() });
    await screen.findByText('No transaction is like that.');
    fireEvent.click(screen.getByRole('button', { name: 'Show all transactions' }));
    expect(asked(onAddress)).toBe('');
  });

  it('shows what the server says of an address that names no rows', async () => {
    open('min=lots', {
      [TRANSACTIONS]: () =>
        refusal(400, 'invalid', 'Some of the values cannot be accepted.', {
          fields: { min: ['Give a plain decimal such as 12.50.'] },
        }),
    });
    expect((await screen.findByRole('alert')).textContent).toContain('Give a plain decimal');
  });
});
