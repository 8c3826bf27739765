import { once } from 'node:events';
import { expect, test } from 'vitest';
import WebSocket from 'ws';
import { waitFor } from '../helpers/wait-for.js';
import { CHAT, startAccounts } from './accounts-machine.js';

const FIELD = 'x-meshagent-annotation-meshbar-exchange';

test('each exchange is sent with its id as label, and its record says so', async () => {
  const { openai, forwarded, recorded, simulator } = await startAccounts(['--settle', '--annotate-tool']);
  for (let n = 0; n < 2; n++) await openai().chat.completions.create(CHAT);
  const records = await recorded(2);
  expect(records.map(({ labelled }) => labelled)).toEqual([true, true]);
  expect(forwarded().map(({ headers }) => headers[FIELD])).toEqual(records.map(({ id }) => id));
  expect(simulator.billed.map(({ annotations }) => annotations)).toEqual(
    records.map(({ id }) => ({ 'meshbar-exchange': id, 'meshbar-tool': 'OpenAI SDK JS' })),
  );
});

test('a client’s own label passes, and what is billed under it is not taken for the exchange’s', async () => {
  const { openai, forwarded, recorded } = await startAccounts(['--settle']);
  await openai().chat.completions.create(CHAT, { headers: { [FIELD]: 'mine' } });
  expect(forwarded().map(({ headers }) => headers[FIELD])).toEqual(['mine']);
  expect((await recorded(1))[0]).not.toHaveProperty('labelled');
});

test('without the option there is no label', async () => {
  const { openai, forwarded, recorded } = await startAccounts();
  await openai().chat.completions.create(CHAT);
  expect(forwarded().map(({ headers }) => headers[FIELD])).toEqual([undefined]);
  expect((await recorded(1))[0]).not.toHaveProperty('labelled');
});

test('sent again on another connection, it has the same label: two bills of one exchange', async () => {
  const { url, forwarded, recorded, simulator, meshbar } = await startAccounts(['--settle']);
  const send = async (plan: string) => {
    const headers = { authorization: 'Bearer shared', 'content-type': 'application/json', 'x-simulator': plan };
    const answer = await fetch(`${url}/openai/v1/chat/completions`, {
      method: 'POST',
      headers,
      body: JSON.stringify(CHAT),
    });
    await answer.arrayBuffer();
  };
  await send('fault=stale');
  await send('input=1000;output=100');
  const twice = (await recorded(2))[1];
  expect(twice).toMatchObject({ sentTwice: true, standing: 'partial', labelled: true });
  expect(forwarded().map(({ headers }) => headers[FIELD])).toContain(twice?.id);
  const bills = simulator.billed.filter(({ annotations }) => annotations['meshbar-exchange'] === twice?.id);
  const { stdout } = await meshbar('usage', 'settle', '--older-than', '0s', '--json');
  const costNanoUsd = bills.reduce((sum, { costUsd }) => sum + Math.round(costUsd * 1e9), 0);
  expect(JSON.parse(stdout)).toMatchObject({ unsure: 1, settled: 1, after: { costNanoUsd } });
  expect(costNanoUsd).toBeGreaterThanOrEqual(twice?.cost?.costNanoUsd ?? 0);
});

test('of a WebSocket, the response that its end cut off is labelled, and no other', async () => {
  const { url, recorded, meshbar, simulator } = await startAccounts(['--settle']);
  const headers = { authorization: 'Bearer shared', 'x-simulator': 'input=1000;output=100;interval=20;events=20' };
  const socket = new WebSocket(`${url.replace('http', 'ws')}/openai/v1/responses`, { headers });
  const types: string[] = [];
  socket.on('message', (data) => types.push(JSON.parse(String(data)).type));
  await once(socket, 'open');
  const ask = () => socket.send(JSON.stringify({ type: 'response.create', model: 'gpt-5.4-mini', input: 'Go on.' }));
  const count = (type: string) => types.filter((one) => one === type).length;
  ask();
  await waitFor(() => count('response.completed') === 1, 'the first response');
  ask();
  await waitFor(() => count('response.created') === 2, 'the second has begun');
  socket.terminate();
  const [whole, cut] = await recorded(2);
  expect([whole?.labelled, whole?.standing]).toEqual([undefined, 'measured']);
  expect([cut?.labelled, cut?.standing]).toEqual([true, 'unmetered']);
  await waitFor(() => simulator.billed.every(({ outcome }) => outcome !== 'open'), 'both are billed');
  const { stdout } = await meshbar('usage', 'settle', '--older-than', '0s', '--json');
  const second = Math.round((simulator.billed[1]?.costUsd ?? 0) * 1e9);
  expect(simulator.billed.map(({ annotations }) => annotations['meshbar-exchange'])).toEqual([whole?.id, whole?.id]);
  expect(JSON.parse(stdout)).toMatchObject({ unsure: 1, settled: 1, after: { costNanoUsd: second } });
});
