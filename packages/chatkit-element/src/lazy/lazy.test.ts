import { afterEach, expect, it, vi } from 'vitest';
import { Lazy } from './lazy';

afterEach(() => {
  vi.useRealTimers();
});

it('is fetched once, by the first who needs it, and tells everybody who waits', async () => {
  const load = vi.fn(async () => 'code');
  const lazy = new Lazy(load);
  const [one, other] = [vi.fn(), vi.fn()];
  expect(load).not.toHaveBeenCalled();
  expect([lazy.get(one), lazy.get(one), lazy.get(other)]).toEqual([null, null, null]);
  await vi.waitFor(() => expect(other).toHaveBeenCalledOnce());
  expect(one).toHaveBeenCalledOnce();
  expect(lazy.get(one)).toBe('code');
  expect(load).toHaveBeenCalledOnce();
});

it('a failed load is tried again by a need a while later, not before', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const load = vi.fn<() => Promise<string>>().mockRejectedValueOnce(new Error('offline'));
  load.mockResolvedValue('code');
  const lazy = new Lazy(load);
  const arrived = vi.fn();
  lazy.get(arrived);
  await vi.waitFor(() => expect(load).toHaveBeenCalledOnce());
  await Promise.resolve();
  expect(arrived).not.toHaveBeenCalled();
  expect(lazy.get(arrived)).toBeNull();
  expect(load).toHaveBeenCalledOnce();
  vi.setSystemTime(Date.now() + 3000);
  expect(lazy.get(arrived)).toBeNull();
  await vi.waitFor(() => expect(arrived).toHaveBeenCalledOnce());
  expect(load).toHaveBeenCalledTimes(2);
});

it('who must have it learns that it cannot be had', async () => {
  const lazy = new Lazy(async (): Promise<string> => {
    throw new Error('offline');
  });
  await expect(lazy.whenLoaded()).rejects.toThrow('offline');
});
