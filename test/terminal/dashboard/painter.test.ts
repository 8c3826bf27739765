import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createPainter, REPAINT_MS } from '../../../src/terminal/dashboard/painter.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('a change is painted at once, many within one interval again, and no change not at all', () => {
  const draw = vi.fn();
  const painter = createPainter(draw);
  painter.changed();
  vi.advanceTimersByTime(0);
  expect(draw).toHaveBeenCalledTimes(1);
  for (let i = 0; i < 1000; i++) painter.changed();
  vi.advanceTimersByTime(REPAINT_MS - 1);
  expect(draw).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(1);
  expect(draw).toHaveBeenCalledTimes(2);
  vi.advanceTimersByTime(60_000);
  expect(draw).toHaveBeenCalledTimes(2);
  expect(vi.getTimerCount()).toBe(0);
});

test('under steady change it paints at least four times a second', () => {
  const draw = vi.fn();
  const painter = createPainter(draw);
  for (let ms = 0; ms < 10_000; ms++) {
    painter.changed();
    vi.advanceTimersByTime(1);
  }
  expect(draw.mock.calls.length).toBeGreaterThanOrEqual(40);
  expect(draw.mock.calls.length).toBeLessThanOrEqual(52);
});

test('what is due later gives way to what is due now', () => {
  const draw = vi.fn();
  const painter = createPainter(draw);
  painter.after(6000);
  painter.changed();
  vi.advanceTimersByTime(10);
  expect(draw).toHaveBeenCalledTimes(1);
  painter.after(6000);
  painter.after(200);
  vi.advanceTimersByTime(200);
  expect(draw).toHaveBeenCalledTimes(2);
});

test('stopped, it paints no more', () => {
  const draw = vi.fn();
  const painter = createPainter(draw);
  painter.changed();
  painter.stop();
  painter.paint();
  painter.changed();
  vi.advanceTimersByTime(1000);
  expect(draw).not.toHaveBeenCalled();
});
