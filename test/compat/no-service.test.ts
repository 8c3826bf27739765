import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import { expect, onTestFinished, test } from 'vitest';
import { anthropicClient, openaiClient } from './clients.js';
import { bareEnvironment, type Machine, runMeshbar, startMachine } from './machine.js';

const message = {
  model: 'claude-sonnet-4-6',
  max_tokens: 100,
  messages: [{ role: 'user' as const, content: 'hello' }],
};

async function started(session: boolean): Promise<Machine> {
  const running = await startMachine({ session });
  onTestFinished(() => running.close());
  return running;
}

function errors(running: Machine): Promise<unknown[]> {
  return Promise.all([
    openaiClient(running)
      .models.list()
      .then(undefined, (error: unknown) => error),
    anthropicClient(running)
      .messages.create(message)
      .then(undefined, (error: unknown) => error),
  ]);
}

test('the service is down, and comes back', async () => {
  const running = await started(false);
  await running.simulator.stop();
  for (const error of await errors(running)) {
    expect(error).toMatchObject({ status: 502 });
    expect(String(error)).toContain('refused the connection');
  }
  const [openaiError, anthropicError] = await errors(running);
  expect(openaiError).toBeInstanceOf(OpenAI.InternalServerError);
  expect(anthropicError).toBeInstanceOf(Anthropic.InternalServerError);
  for (const record of await running.take(4)) {
    expect(record).toMatchObject({ outcome: 'failed', status: 502, errorType: 'upstream_refused', standing: 'none' });
  }
  await running.restartService();
  expect((await anthropicClient(running).messages.create(message)).stop_reason).toBe('end_turn');
  expect(await running.take(1)).toMatchObject([{ outcome: 'complete', standing: 'measured' }]);
});

test('a session that ends while the proxy runs', async () => {
  const running = await started(true);
  const { simulator } = running;
  expect((await anthropicClient(running).messages.create(message)).stop_reason).toBe('end_turn');
  simulator.expireAccessTokens();
  // One refresh, and the client has noticed nothing.
  expect((await anthropicClient(running).messages.create(message)).stop_reason).toBe('end_turn');
  expect(simulator.refreshes).toBe(1);
  simulator.revoke();
  for (const error of await errors(running)) expect(error).toMatchObject({ status: 401 });
  const [openaiError, anthropicError] = await errors(running);
  expect(openaiError).toBeInstanceOf(OpenAI.AuthenticationError);
  expect(anthropicError).toBeInstanceOf(Anthropic.AuthenticationError);
  for (const error of [openaiError, anthropicError]) expect(String(error)).toMatch(/meshbar login/);
  const records = await running.take(6);
  expect(records.map(({ status }) => status)).toEqual([200, 200, 401, 401, 401, 401]);
});

test('the first one to meet the end of a session is told what to do about it', async () => {
  const running = await started(true);
  running.simulator.revoke();
  for (const error of await errors(running)) expect(String(error)).toMatch(/meshbar login/);
});

test.each([
  ['no session at all', {}, /meshbar login/],
  ['a token and no project', { MESHAGENT_TOKEN: 'token' }, /--project-id|MESHAGENT_PROJECT_ID/],
])('%s: the proxy does not start, and says what to do', async (_name, more, hint) => {
  const home = await mkdtemp(path.join(os.tmpdir(), 'meshbar-compat-'));
  onTestFinished(() => rm(home, { recursive: true, force: true }));
  const { code, stdout, stderr } = await runMeshbar(['proxy', '--no-tui', '--port', '0'], {
    ...bareEnvironment(home),
    ...more,
  });
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(hint);
  expect(stderr.trim().split('\n')).toHaveLength(1);
});
