import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import { expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { runHere } from '../helpers/command-here.js';
import { createHome, runMeshbar, startMeshbar } from '../helpers/terminal.js';
import { waitFor } from '../helpers/wait-for.js';
import { CHAT, MESSAGE, startAccounts, thrownBy } from './accounts-machine.js';

// Each runs the command several times.
vi.setConfig({ testTimeout: 60_000 });

/** A chat of the accounts machine costs $0.0302. */
async function startUsedUp() {
  const machine = await startAccounts();
  await machine.meshbarHere('budget', 'set', '0.03/day', '--stop');
  await machine.openai().chat.completions.create(CHAT);
  await machine.recorded(1);
  return machine;
}

test('both SDKs raise their error for 429 with what to do, and do not try again', async () => {
  const { openai, anthropic, forwarded, recorded } = await startUsedUp();
  const before = forwarded().length;
  const openaiError = await thrownBy(openai().chat.completions.create(CHAT));
  expect(openaiError).toBeInstanceOf(OpenAI.RateLimitError);
  expect(openaiError).toMatchObject({ status: 429, code: 'insufficient_quota', type: 'insufficient_quota' });
  const anthropicError = await thrownBy(anthropic().messages.create(MESSAGE));
  expect(anthropicError).toBeInstanceOf(Anthropic.RateLimitError);
  expect(anthropicError).toMatchObject({ error: { error: { type: 'rate_limit_error' } } });
  for (const { message } of [openaiError, anthropicError]) {
    expect(message).toMatch(/Budget all-day is used up: \$0\.030 of \$0\.03 today \(100%\)/);
    expect(message).toMatch(/until \d{4}-\d\d-\d\d 00:00/);
    expect(message).toContain('meshbar budget lift all-day');
  }
  const stream = await thrownBy(anthropic().messages.stream(MESSAGE).finalMessage());
  expect(stream).toBeInstanceOf(Anthropic.RateLimitError);
  expect(forwarded()).toHaveLength(before);
  const refused = (await recorded(4)).slice(1);
  expect(refused).toHaveLength(3);
  for (const record of refused) {
    expect(record).toMatchObject({ status: 429, errorType: 'budget_used_up', standing: 'none', outcome: 'failed' });
    expect(record.projectId).toBe('prj_simulated');
  }
});

test('a WebSocket is refused before it opens', async () => {
  const { url, forwarded } = await startUsedUp();
  const before = forwarded().length;
  const socket = new WebSocket(`${url.replace('http', 'ws')}/openai/v1/realtime?model=gpt-realtime`, {
    headers: { authorization: 'Bearer shared' },
  });
  const [status, fields, body] = await new Promise<[number | undefined, string | undefined, string]>((resolve) => {
    socket.once('unexpected-response', (_request, response) => {
      let text = '';
      response.on('data', (chunk) => {
        text += chunk;
      });
      response.on('end', () => resolve([response.statusCode, response.headers['x-should-retry'] as string, text]));
    });
    socket.once('error', () => {});
  });
  expect([status, fields]).toEqual([429, 'false']);
  expect(JSON.parse(body).error.message).toContain('Budget all-day is used up');
  expect(forwarded()).toHaveLength(before);
});

test('nothing is begun that would cost beside the proxy; hanging up passes', async () => {
  const { url, recorded, forwarded } = await startUsedUp();
  const before = forwarded().length;
  const post = (path: string) =>
    fetch(`${url}/openai/v1/realtime/${path}`, {
      method: 'POST',
      headers: { authorization: 'Bearer shared', 'content-type': 'application/json' },
      body: '{}',
    });
  for (const path of ['calls', 'client_secrets', 'sessions', 'calls/rtc_1/accept']) {
    expect([path, (await post(path)).status]).toEqual([path, 429]);
  }
  expect(forwarded()).toHaveLength(before);
  for (const path of ['calls/rtc_1/hangup', 'calls/rtc_1/reject']) {
    expect([path, (await post(path)).status]).toEqual([path, 200]);
  }
  expect((await recorded(7)).slice(5)).toMatchObject([{ standing: 'none' }, { standing: 'none' }]);
});

test('what costs nothing passes', async () => {
  const { openai, anthropic } = await startUsedUp();
  expect((await openai().models.list()).data.length).toBeGreaterThan(0);
  expect((await anthropic().messages.countTokens({ ...MESSAGE })).input_tokens).toBeGreaterThan(0);
});

test('a request under way goes on; lifted, the next one passes', async () => {
  const { openai, meshbar, recorded } = await startAccounts();
  await meshbar('budget', 'set', '0.03/day', '--stop');
  const slow = await openai().chat.completions.create(
    { ...CHAT, stream: true },
    { headers: { 'X-Simulator': 'events=20;interval=100;input=10000;output=1000' } },
  );
  await openai().chat.completions.create(CHAT);
  await recorded(1);
  expect(await thrownBy(openai().chat.completions.create(CHAT))).toBeInstanceOf(OpenAI.RateLimitError);
  let text = '';
  for await (const chunk of slow) text += chunk.choices[0]?.delta.content ?? '';
  expect(text).not.toBe('');
  expect((await meshbar('budget', 'lift', 'all-day')).stdout).toMatch(/^Lifted: all-day\. Requests pass until /);
  await openai().chat.completions.create(CHAT);
  await recorded(4);
  expect((await meshbar('budget', 'list')).stdout).toMatch(
    /\nall-day +everything +\$0\.030\/day +\$0\.09\d .* lifted /,
  );
});

test('a key’s limit stops that key', async () => {
  const { createKey, openai, meshbar, recorded } = await startAccounts();
  const { key, id } = await createKey({ label: 'ci', limit: { limitNanoUsd: 0.03e9, period: 'day' } });
  await openai(key).chat.completions.create(CHAT);
  await recorded(1);
  const error = await thrownBy(openai(key).chat.completions.create(CHAT));
  expect(error).toBeInstanceOf(OpenAI.RateLimitError);
  expect(error.message).toContain('Limit of the key "ci" is used up');
  expect(error.message).toContain(`meshbar key limit ${id}`);
  await openai().chat.completions.create(CHAT);
  await meshbar('key', 'limit', 'ci', '1/day');
  await openai(key).chat.completions.create(CHAT);
});

test('what was spent before a start counts after it, and the text form tells from 80% on', async () => {
  const { openai, meshbarHere, proxy, recorded, env } = await startAccounts();
  await meshbarHere('budget', 'set', '0.035/day');
  await openai().chat.completions.create(CHAT);
  await recorded(1);
  await waitFor(
    () => /^meshbar: Budget all-day: \$0\.030 of \$0\.035 today \(86%\)\.$/m.test(proxy.stderr),
    'the alert',
  );
  proxy.kill('SIGTERM');
  await proxy.ended;
  const again = startMeshbar(['proxy', '--no-tui', '--port', '0', '--bearer', 'shared'], env);
  await again.url();
  expect(again.stdout).toMatch(/^# Budget all-day: \$0\.030 of \$0\.035 today \(86%\)\.$/m);
});

test('an amount of money that makes no sense is refused', async () => {
  const { env } = createHome();
  const amounts = ['5', '0/day', '5/year', '-1/day', '1e3/day', '9999999/day', 'five/day'];
  for (const amount of amounts) {
    const { code, stderr } = await runHere(['budget', 'set', amount], env);
    expect([amount, code, stderr]).toEqual([amount, 2, expect.stringMatching(/such as 5\/day|Unknown option/)]);
  }
  expect((await runMeshbar(['budget', 'remove', 'nothing'], env)).stderr).toContain('meshbar budget list');
});
