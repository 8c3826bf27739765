import https from 'node:https';
import net from 'node:net';
import { OpenAIRealtimeWS } from 'openai/realtime/ws';
import { ResponsesWS } from 'openai/resources/responses/ws';
import { afterEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { waitFor } from '../helpers/wait-for.js';
import { openaiClient } from './openai-client.js';
import { simulated } from './simulated.js';

const { simulator, credentials } = simulated();
const openai = (plan?: string) => openaiClient(simulator(), plan);
const open: { close(): void }[] = [];
afterEach(() => {
  for (const socket of open.splice(0)) socket.close();
});

interface SeenEvent {
  readonly type: string;
  readonly [key: string]: unknown;
}

/** A plain WebSocket and what was seen on it. */
function connect(target: string, plan = '', protocols: string[] = []) {
  const socket = new WebSocket(`${simulator().url.replace('http', 'ws')}/openai/v1${target}`, protocols, {
    headers: { ...credentials(), 'X-Simulator': plan },
  });
  const seen = {
    socket,
    events: [] as SeenEvent[],
    pongs: 0,
    status: undefined as number | undefined,
    closedWith: undefined as number | undefined,
    errorCode: undefined as string | undefined,
    send: (event: object) => socket.send(JSON.stringify(event)),
  };
  socket.on('message', (data) => seen.events.push(JSON.parse(String(data))));
  socket.on('pong', () => {
    seen.pongs += 1;
  });
  socket.on('unexpected-response', (_request, response) => {
    seen.status = response.statusCode;
    response.resume();
  });
  socket.on('error', (error: NodeJS.ErrnoException) => {
    seen.errorCode = error.code;
  });
  socket.on('close', (code) => {
    seen.closedWith = code;
  });
  open.push({ close: () => socket.terminate() });
  return seen;
}

async function opened(...args: Parameters<typeof connect>) {
  const seen = connect(...args);
  await waitFor(() => seen.socket.readyState === WebSocket.OPEN, 'a WebSocket');
  return seen;
}

/** The SDK's realtime client speaks TLS alone: its connections are made plain ones here. */
function plainAgent(): https.Agent {
  const agent = new https.Agent();
  agent.createConnection = ({ host, port }) => net.connect(Number(port), host ?? undefined);
  return agent;
}

test('a realtime session of the official SDK: text, then speech', async () => {
  const realtime = new OpenAIRealtimeWS(
    { model: 'gpt-realtime', options: { headers: credentials(), agent: plainAgent() } },
    openai('events=3'),
  );
  open.push(realtime);
  const events: SeenEvent[] = [];
  const usages: Record<string, unknown>[] = [];
  realtime.on('error', (error) => events.push({ type: `error: ${error.message}` }));
  realtime.on('event', (event) => events.push(event as unknown as SeenEvent));
  realtime.on('response.done', (event) => usages.push({ ...event.response.usage }));
  await waitFor(() => events.some(({ type }) => type === 'session.created'), 'the session');
  realtime.send({
    type: 'conversation.item.create',
    item: { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'hello, hello' }] },
  });
  realtime.send({ type: 'response.create', response: { output_modalities: ['text'] } });
  await waitFor(() => usages.length === 1, 'the first response');
  expect(events.filter(({ type }) => type === 'response.output_text.delta').length).toBeGreaterThan(2);
  expect(usages[0]).toMatchObject({
    input_token_details: { text_tokens: 3, cached_tokens: 0 },
    output_token_details: { audio_tokens: 0 },
  });
  realtime.send({ type: 'response.create' });
  await waitFor(() => usages.length === 2, 'the second response');
  expect(events.some(({ type }) => type === 'response.output_audio.delta')).toBe(true);
  expect(usages[1]).toMatchObject({
    input_token_details: { cached_tokens: 3, cached_tokens_details: { text_tokens: 3 } },
  });
  expect(usages[1]).not.toMatchObject({ output_token_details: { audio_tokens: 0 } });
});

test('speech that comes in is transcribed', async () => {
  const client = await opened('/realtime?model=gpt-realtime', 'events=1', ['realtime', 'other']);
  expect(client.socket.protocol).toBe('realtime');
  client.send({
    type: 'session.update',
    session: { type: 'realtime', audio: { input: { transcription: { model: 'gpt-4o-transcribe' } } } },
  });
  client.send({ type: 'input_audio_buffer.append', audio: Buffer.alloc(96_000).toString('base64') });
  client.send({ type: 'input_audio_buffer.commit' });
  client.send({ type: 'response.create' });
  await waitFor(() => client.events.some(({ type }) => type === 'response.done'), 'the response');
  const done = client.events.find(({ type }) => type.endsWith('input_audio_transcription.completed'));
  expect(done).toMatchObject({ usage: { type: 'tokens', input_token_details: { audio_tokens: 20 } } });
  expect(client.events.find(({ type }) => type === 'response.done')).toMatchObject({
    response: { usage: { input_token_details: { audio_tokens: 20 } } },
  });
});

test('a session may be for transcription alone', async () => {
  const client = await opened('/realtime?intent=transcription');
  await waitFor(() => client.events.length > 0, 'the session');
  expect(client.events[0]).toMatchObject({ type: 'session.created', session: { type: 'transcription' } });
});

test('responses over a WebSocket, by the official SDK', async () => {
  const socket = new ResponsesWS(openai('events=3'), { headers: { ...credentials(), 'X-Simulator': 'events=3' } });
  open.push(socket);
  const errors: string[] = [];
  const completed: string[] = [];
  socket.on('error', (error) => errors.push(error.message));
  socket.on('response.completed', ({ response }) => {
    completed.push(response.output.map((item) => item.type).join());
  });
  socket.send({ type: 'response.create', model: 'gpt-5.4', input: 'hello' });
  socket.send({ type: 'response.create', model: 'gpt-5.4', input: 'hello', generate: false });
  await waitFor(() => completed.length === 2 || errors.length > 0, 'two responses');
  expect(errors).toEqual([]);
  expect(completed).toEqual(['reasoning,message', '']);
});

test('an ordinary goodbye is no abort', async () => {
  const client = await opened('/responses');
  const record = simulator().requests.at(-1);
  client.socket.close(1000, 'done');
  await waitFor(() => record?.endedAt, 'the end');
  expect(record).toMatchObject({ aborted: false, closeCode: 1000, status: 101 });
});

test('what is no event is told so', async () => {
  const client = await opened('/responses');
  client.send({ type: 'response.create' });
  await waitFor(() => client.events.length > 0, 'an error');
  expect(client.events[0]).toMatchObject({ type: 'error', status: 400, error: { param: 'model' } });
});

test.each([
  ['/realtime?model=gpt-realtime', 'status=429', 429],
  ['/realtime?model=gpt-realtime@status=503', '', 503],
  ['/realtime', '', 400],
  ['/embeddings', '', 404],
])('a refused handshake: %s %s', async (target, plan, status) => {
  const client = connect(target, plan);
  await waitFor(() => client.status, 'a refusal');
  expect(client.status).toBe(status);
});

test.each([
  ['fault=close-code; code=4007; at=3', 4007],
  ['fault=truncate; at=3', 1006],
  ['fault=reset; at=3', 1006],
])('ended in mid-response: %s', async (plan, code) => {
  const client = await opened('/responses', plan);
  client.send({ type: 'response.create', model: 'gpt-4.1-mini', input: 'hello' });
  await waitFor(() => client.closedWith, 'the end');
  expect(client.closedWith).toBe(code);
  expect(client.events).toHaveLength(3);
});

test('silence in mid-response, and the client leaves', async () => {
  const client = await opened('/responses', 'fault=stall; at=3');
  client.send({ type: 'response.create', model: 'gpt-4.1-mini', input: 'hello' });
  await waitFor(() => client.events.length === 3, 'three events');
  const record = simulator().requests.at(-1);
  client.socket.terminate();
  await waitFor(() => record?.endedAt, 'the end');
  expect(record?.aborted).toBe(true);
  await waitFor(() => simulator().billed.at(-1)?.outcome === 'interrupted', 'the bill');
});

test('an error event in mid-response', async () => {
  const client = await opened('/responses');
  client.send({ type: 'response.create', model: 'gpt-4.1-mini@fault=error-event;at=2', input: 'hello' });
  await waitFor(() => client.events.length === 3, 'the error');
  expect(client.events.map(({ type }) => type)).toEqual(['response.created', 'response.in_progress', 'error']);
});

test('pings are answered, or never', async () => {
  const good = await opened('/responses');
  const silent = await opened('/responses', 'fault=no-pong; events=1');
  for (const client of [silent, good]) client.socket.ping();
  silent.send({ type: 'response.create', model: 'gpt-4.1-mini', input: 'hello' });
  await waitFor(() => silent.events.some(({ type }) => type === 'response.completed'), 'a response behind the ping');
  await waitFor(() => good.pongs === 1, 'a pong');
  expect(silent.pongs).toBe(0);
});
