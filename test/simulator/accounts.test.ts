import { beforeEach, expect, test } from 'vitest';
import { simulated } from './simulated.js';

const { simulator, credentials } = simulated();
beforeEach(() => simulator().reset());

async function call(path: string, init: RequestInit = {}): Promise<{ status: number; body: Record<string, unknown> }> {
  const { url, upstreamToken } = simulator();
  const response = await fetch(`${url}/accounts/${path}`, {
    ...init,
    headers: { Authorization: `Bearer ${upstreamToken}`, ...init.headers },
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

async function post(path: string, model: string, headers: Record<string, string>): Promise<void> {
  const response = await fetch(`${simulator().url}/${path}`, {
    method: 'POST',
    headers: { ...credentials(), ...headers },
    body: JSON.stringify({ model, max_tokens: 1, messages: [{ role: 'user', content: 'hello' }] }),
  });
  expect(response.status).toBe(200);
  await response.arrayBuffer();
}

function testAccess(id: string) {
  const body = { subject: { type: 'user', id: 'me' }, resource: { type: 'project', id }, relation: 'llm_proxy_user' };
  return call(`projects/${id}/access:test`, { method: 'POST', body: JSON.stringify(body) });
}

test('who, and which projects', async () => {
  expect((await call('profiles/me')).body).toEqual(simulator().user);
  const { body } = await call('projects');
  expect(body.projects).toMatchObject([{ id: simulator().projectId, name: 'Simulated project' }, { id: 'prj_second' }]);
});

test('without an access token nothing is told', async () => {
  const response = await fetch(`${simulator().url}/accounts/profiles/me`);
  expect(response.status).toBe(401);
});

test('a token is good for what it was granted for', async () => {
  const { accessToken } = simulator().issueSession({ scope: 'profile:read llm:invoke' });
  const headers = { Authorization: `Bearer ${accessToken}` };
  expect((await call('profiles/me', { headers })).status).toBe(200);
  expect((await call('projects', { headers })).status).toBe(403);
});

test('access is granted, denied, and unknown', async () => {
  simulator().setProject({ id: 'prj_closed', allowed: false });
  expect((await testAccess(simulator().projectId)).body).toMatchObject({ allowed: true });
  expect((await testAccess('prj_closed')).body).toMatchObject({ allowed: false });
  expect((await testAccess('prj_none')).status).toBe(404);
});

test('figures may be refused', async () => {
  const id = 'prj_secret';
  simulator().setProject({ id, balanceReadable: false, usageReadable: false });
  expect((await call(`projects/${id}/balance`)).status).toBe(403);
  expect((await call(`projects/${id}/llm-proxy/usage`)).status).toBe(403);
  simulator().setProfileReadable(false);
  expect((await call('profiles/me')).status).toBe(403);
  simulator().setProfileReadable(true);
});

test('what was billed is reported by model and type, the surcharge apart, and taken from the balance', async () => {
  const plan = 'input=200000; output=20000; reasoning=0; cached=80000';
  await post('openai/v1/chat/completions', 'gpt-5.4', { 'X-Simulator': plan });
  const written = 'input=1000000; output=100000; written=200000; cached=0';
  await post('anthropic/v1/messages', 'claude-sonnet-4-6', { 'X-Simulator': written });
  const { body } = await call(`projects/${simulator().projectId}/llm-proxy/usage?interval=day`);
  const rows = body.usage as { model: string; type: string; total: number }[];
  expect(rows.map(({ model, type, total }) => [model, type, Number(total.toFixed(6))])).toEqual([
    ['gpt-5.4', 'input_tokens', 0.3],
    ['gpt-5.4', 'cached_tokens', 0.02],
    ['gpt-5.4', 'output_tokens', 0.3],
    ['gpt-5.4', 'llm_proxy_surcharge', 0.031],
    ['claude-sonnet-4-6', 'input_tokens', 3],
    ['claude-sonnet-4-6', 'cache_creation_input_tokens', 0.75],
    ['claude-sonnet-4-6', 'output_tokens', 1.5],
    ['claude-sonnet-4-6', 'llm_proxy_surcharge', 0.2625],
  ]);
  expect(rows[0]).toMatchObject({ provider: 'openai', quantity: 120_000, start: expect.stringMatching(/T00:00:00/) });
  const { balance } = (await call(`projects/${simulator().projectId}/balance`)).body;
  expect(balance).toBeCloseTo(50 - 0.62 * 1.05 - 5.25 * 1.05, 6);
});

test('usage is picked by time and by annotation', async () => {
  await post('anthropic/v1/messages', 'claude-haiku-4-5', { 'X-Meshagent-Annotation-Tool': 'one' });
  const count = async (query: string) => {
    const { body } = await call(`projects/${simulator().projectId}/llm-proxy/usage?${query}`);
    return (body.usage as unknown[]).length;
  };
  expect(await count(`annotations=${encodeURIComponent('{"tool":"one"}')}`)).toBe(3);
  expect(await count(`annotations=${encodeURIComponent('{"tool":"two"}')}`)).toBe(0);
  const soon = encodeURIComponent(new Date(Date.now() + 60_000).toISOString());
  expect(await count(`start=${soon}`)).toBe(0);
  expect(await count(`end=${soon}`)).toBe(3);
  expect((await call(`projects/${simulator().projectId}/llm-proxy/usage?start=yesterday`)).status).toBe(400);
});
