import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSimulator, type RunningSimulator } from '../../src/simulator/index.js';
import { waitFor } from '../helpers/wait-for.js';
import { credentialsOf } from './simulated.js';

let simulator: RunningSimulator;
const builder = createSimulator();
beforeAll(async () => {
  simulator = await builder.start();
});
afterAll(() => simulator.stop());

async function control(path: string, body?: object): Promise<Record<string, unknown>> {
  const init = body ? { method: 'POST', body: JSON.stringify(body) } : {};
  const response = await fetch(`${simulator.url}/__simulator/${path}`, init);
  expect(response.status).toBe(200);
  return (await response.json()) as Record<string, unknown>;
}

function profile(accessToken: unknown): Promise<Response> {
  return fetch(`${simulator.url}/accounts/profiles/me`, { headers: { Authorization: `Bearer ${accessToken}` } });
}

test('another process issues sessions, ends them, and sees what came', async () => {
  const { accessToken } = await control('sessions', { expiresIn: 60 });
  expect((await profile(accessToken)).status).toBe(200);
  await control('settings', { expireAccessTokens: true, rotate: true, project: { id: 'prj_x', allowed: false } });
  expect((await profile(accessToken)).status).toBe(401);
  const state = await control('state');
  expect(state.requests).toMatchObject([{ path: '/accounts/profiles/me' }, { path: '/accounts/profiles/me' }]);
  expect(state.projects).toContainEqual(expect.objectContaining({ id: 'prj_x', allowed: false }));
  await control('reset', {});
  expect((await control('state')).requests).toEqual([]);
});

test('an unknown setting is refused', async () => {
  const response = await fetch(`${simulator.url}/__simulator/settings`, { method: 'POST', body: '{"colour":"red"}' });
  expect(response.status).toBe(400);
});

test('stopped and started again, it is where it was and knows what it knew', async () => {
  const { accessToken } = simulator.issueSession();
  const { url } = simulator;
  await simulator.stop();
  await expect(profile(accessToken)).rejects.toThrow();
  simulator = await builder.start();
  expect(simulator.url).toBe(url);
  expect((await profile(accessToken)).status).toBe(200);
});

test('a stop ends what hangs', async () => {
  const other = await createSimulator().start();
  const hanging = Array.from({ length: 50 }, () =>
    fetch(`${other.url}/anthropic/v1/models`, {
      headers: { ...credentialsOf(other), 'X-Simulator': 'fault=stall; at=before' },
    }).catch((error: Error) => error.message),
  );
  await waitFor(() => other.openSockets === 50, '50 connections');
  await Promise.all([other.stop(), other.stop()]);
  expect(other.openSockets).toBe(0);
  expect(new Set(await Promise.all(hanging))).toEqual(new Set(['fetch failed']));
});
