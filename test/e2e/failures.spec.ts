import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { anthropicClient } from '../compat/clients.js';
import { ask, expect, LOCAL_KEY, proxyIs, test } from './fixtures.js';

const message = {
  model: 'claude-sonnet-4-6',
  max_tokens: 1000,
  messages: [{ role: 'user' as const, content: 'hello' }],
};

test('a port that another program has is said, and another one mends it', async ({ launch }) => {
  const other = createServer((_request, response) => response.end('not Meshbar'));
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const { port } = other.address() as AddressInfo;
  const { popover } = await launch({ settings: { port } });
  await proxyIs(popover, 'failed');
  await expect(popover.getByText(`Port ${port} is taken by another program`).first()).toBeVisible();
  await expect(popover.getByText('--port')).toHaveCount(0);
  await new Promise((resolve) => other.close(resolve));
  await ask(popover, 'proxy:start', undefined);
  await proxyIs(popover, 'running');
});

test('a session that has ended is said, and requests are refused in words of their provider', async ({
  launch,
  simulator,
}) => {
  const { popover, url } = await launch();
  await proxyIs(popover, 'running');
  simulator.revoke();
  const client = anthropicClient({ url }, { key: LOCAL_KEY });
  await expect(client.messages.create(message)).rejects.toMatchObject({ status: 401 });
  await expect.poll(async () => (await ask(popover, 'app:state', undefined)).session.status).toBe('expired');
  await expect(popover.getByText(/session.*(?:ended|expired)/i).first()).toBeVisible();
  await expect(popover.getByRole('button', { name: /sign in/i }).first()).toBeVisible();
});

test('quitting lets a stream end that is under way', async ({ launch }) => {
  const { app, popover, url } = await launch();
  await proxyIs(popover, 'running');
  const client = anthropicClient({ url }, { key: LOCAL_KEY, plan: 'events=40; interval=50' });
  const stream = client.messages.stream(message);
  await new Promise((resolve) => stream.once('text', resolve));
  const gone = new Promise((resolve) => app.process().once('exit', resolve));
  await app.evaluate(({ app: electron }) => electron.quit());
  const answer = await stream.finalMessage();
  expect(answer.stop_reason).toBe('end_turn');
  expect(await gone).toBe(0);
});

test('a quit in mid-stream loses no record', async ({ launch, simulator }) => {
  const first = await launch();
  await proxyIs(first.popover, 'running');
  const client = anthropicClient(first, { key: LOCAL_KEY, plan: 'events=40; interval=50' });
  const stream = client.messages.stream(message);
  await new Promise((resolve) => stream.once('text', resolve));
  const gone = new Promise((resolve) => first.app.process().once('exit', resolve));
  await first.app.evaluate(({ app }) => app.quit());
  await stream.finalMessage();
  await gone;
  const second = await launch({ settings: { port: first.port } });
  await proxyIs(second.popover, 'running');
  const [record] = await ask(second.popover, 'usage:latest', { limit: 10 });
  expect(record).toMatchObject({ outcome: 'complete', tool: 'Anthropic SDK · JS', standing: 'measured' });
  const billed = simulator.billed.at(-1);
  expect(record?.cost?.costNanoUsd).toBe(Math.round((billed?.costUsd ?? 0) * 1e9));
});
