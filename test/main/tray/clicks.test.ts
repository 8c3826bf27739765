import { EventEmitter } from 'node:events';
import http from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { registerProxyRequests } from '../../../src/main/engine/proxy-requests.js';
import { createMenuActions } from '../../../src/main/menu/actions.js';
import { registerClicks } from '../../../src/main/tray/clicks.js';
import { chat } from '../../helpers/terminal.js';
import { createTestApp } from '../../helpers/test-app.js';
import { waitFor } from '../../helpers/wait-for.js';

/** The icon of an app whose clicks toggle the proxy. */
async function clickable({ isMenuHeld = false } = {}) {
  const app = await createTestApp({ settings: { trayClick: 'toggle' } });
  const icon = new EventEmitter();
  const done: string[] = [];
  registerProxyRequests({ ...app, autostart: async () => {} });
  registerClicks({
    ...app,
    icon,
    windows: {
      toggle: () => void done.push('toggle'),
      leave: () => void done.push('leave'),
      show: async () => void done.push('show'),
    },
    perform: createMenuActions({ requests: app.requests, open: async () => {}, onError: () => {} }),
    openMenu: isMenuHeld ? undefined : () => void done.push('menu'),
  });
  return { ...app, icon, done };
}

test('a start that fails opens the popover, which says why', async () => {
  const { icon, done, settings } = await clickable();
  const inTheWay = http.createServer();
  onTestFinished(() => void inTheWay.close());
  await new Promise<void>((resolve) => inTheWay.listen(settings.current.port, '127.0.0.1', resolve));
  icon.emit('click');
  await waitFor(() => done.includes('show'), 'the popover');
  expect(done).toEqual(['leave', 'show']);
});

test('a popover that was open goes, as with a click anywhere else', async () => {
  const { icon, done, engine } = await clickable();
  icon.emit('click');
  await waitFor(() => engine.current.state.status === 'running', 'the proxy to run');
  expect(done).toEqual(['leave']);
});

test('where the system holds the menu, a right click is left to it', async () => {
  const { icon, done } = await clickable({ isMenuHeld: true });
  icon.emit('right-click');
  expect(done).toEqual([]);
});

test('a click while requests in flight are given their time changes nothing', async () => {
  const { icon, engine, settings } = await clickable();
  await engine.start();
  const url = `http://127.0.0.1:${settings.current.port}`;
  const answer = await chat({ url, key: 'local-key', plan: 'fault=stall' });
  icon.emit('click');
  await waitFor(() => engine.current.state.status === 'stopping', 'the proxy to be stopping');
  icon.emit('click');
  expect(engine.current.state.status).toBe('stopping');
  await engine.stop({ graceMs: 0 });
  await answer.text().catch(() => {});
  expect(engine.current.state.status).toBe('stopped');
});
