import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { SteadyDrawing } from './steady-drawing';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

it('[row 79] words that come each millisecond are drawn some thirty times a second', () => {
  const draw = vi.fn();
  const drawing = new SteadyDrawing(draw);
  for (let millisecond = 0; millisecond < 1000; millisecond += 1) {
    drawing.soon();
    vi.advanceTimersByTime(1);
  }
  expect(draw.mock.calls.length).toBeGreaterThan(20);
  expect(draw.mock.calls.length).toBeLessThan(35);
});

it('what comes after a pause is drawn in the next frame, and the last of many is drawn', () => {
  const draw = vi.fn();
  const drawing = new SteadyDrawing(draw);
  drawing.soon();
  vi.advanceTimersByTime(20);
  expect(draw).toHaveBeenCalledOnce();
  drawing.soon();
  vi.advanceTimersByTime(100);
  expect(draw).toHaveBeenCalledTimes(2);
  vi.advanceTimersByTime(1000);
  expect(draw).toHaveBeenCalledTimes(2);
});

it('nothing is drawn after it was called off, neither in the pause nor in the frame', () => {
  const draw = vi.fn();
  const drawing = new SteadyDrawing(draw);
  drawing.soon();
  drawing.cancel();
  vi.advanceTimersByTime(1000);
  drawing.soon();
  vi.advanceTimersToNextTimer();
  drawing.cancel();
  vi.advanceTimersByTime(1000);
  expect(draw).not.toHaveBeenCalled();
});
