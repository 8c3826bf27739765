import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { registerQuitting } from '../../../src/main/engine/quitting.js';
import { createTestApp } from '../../helpers/test-app.js';
import { waitFor } from '../../helpers/wait-for.js';

async function given() {
  const parts = await createTestApp();
  const exits: number[] = [];
  const app = Object.assign(new EventEmitter(), { exit: (code: number) => void exits.push(code) });
  const signals = new EventEmitter();
  const power = new EventEmitter();
  registerQuitting({ ...parts, app, signals, power });
  let prevented = 0;
  const event = { preventDefault: () => prevented++ };
  return { ...parts, app, signals, power, exits, event, prevented: () => prevented };
}

test('a quit stops the proxy and closes the ledger before the app ends', async () => {
  const { engine, app, exits, event, prevented } = await given();
  await engine.start();
  app.emit('before-quit', event);
  expect(prevented()).toBe(1);
  expect(exits).toEqual([]);
  await waitFor(() => exits.length === 1, 'the app to end');
  expect(exits).toEqual([0]);
  expect(engine.current.state.status).toBe('stopped');
  await expect(engine.current.ledger.totals({})).rejects.toThrow();
});

test.each(['SIGINT', 'SIGTERM'])('%s ends the app as a quit does', async (signal) => {
  const { engine, signals, exits } = await given();
  await engine.start();
  signals.emit(signal);
  await waitFor(() => exits.length === 1, 'the app to end');
  expect(engine.current.state.status).toBe('stopped');
});

test('a system that goes down waits for the last records', async () => {
  const { power, exits, event, prevented } = await given();
  power.emit('shutdown', event);
  expect(prevented()).toBe(1);
  await waitFor(() => exits.length === 1, 'the app to end');
});

test('closing the last window leaves the proxy running', async () => {
  const { engine, app, exits } = await given();
  await engine.start();
  // Electron quits where nobody listens to this.
  expect(app.emit('window-all-closed')).toBe(true);
  expect(exits).toEqual([]);
  expect(engine.current.state.status).toBe('running');
});
