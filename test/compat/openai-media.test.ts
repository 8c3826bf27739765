import { createHash } from 'node:crypto';
import OpenAI, { toFile } from 'openai';
import { OpenAIRealtimeWS } from 'openai/realtime/ws';
import { expect, onTestFinished, test } from 'vitest';
import { waitFor } from '../helpers/wait-for.js';
import { openaiClient } from './clients.js';
import { machine } from './machine.js';
import { expectMetered, tokensBilled, tokensOf } from './metered.js';
import { plainAgent } from './plain-agent.js';

const running = machine();
const openai = (plan?: string) => openaiClient(running(), { plan });
const billed = () => running().simulator.billed;

test('embeddings, as floats and as the SDK prefers them', async () => {
  const ask = { model: 'text-embedding-3-small', input: ['one', 'two'], dimensions: 256 };
  const packed = await openai().embeddings.create(ask);
  const floats = await openai().embeddings.create({ ...ask, encoding_format: 'float' });
  expect(packed.data).toEqual(floats.data);
  expect(packed.data[0]?.embedding).toHaveLength(256);
  const records = await running().take(2);
  for (const [i, record] of records.entries()) {
    expect(record.usage).toEqual({ inputTokens: 2 });
    expectMetered(record, billed().at(i - 2));
  }
});

test('a recording of 30 MB is transcribed', async () => {
  const recording = Buffer.alloc(30_000_000, 'sound');
  const file = await toFile(recording, 'talk.wav', { type: 'audio/wav' });
  const answer = await openai().audio.transcriptions.create({ model: 'gpt-4o-transcribe', file });
  expect(answer.text).toContain('café');
  const [record] = await running().take(1);
  expect(record?.requestBytes).toBeGreaterThan(30_000_000);
  expect(record?.requestBytes).toBe(running().forwarded().at(-1)?.bodyBytes);
  expect(record).toMatchObject({
    path: '/v1/audio/transcriptions',
    requestModel: 'gpt-4o-transcribe',
    standing: 'measured',
  });
  expect(tokensOf(record?.usage)).toEqual(tokensBilled(billed().at(-1)));
  expect(record?.cost?.costNanoUsd).toBeGreaterThan(0);
});

test('a recording billed by the minute, and a streamed transcription', async () => {
  const file = await toFile(Buffer.alloc(160_000), 'talk.wav', { type: 'audio/wav' });
  const verbose = await openai().audio.transcriptions.create({
    model: 'whisper-1',
    file,
    response_format: 'verbose_json',
  });
  expect(verbose.duration).toBe(10);
  const stream = await openai().audio.transcriptions.create({ model: 'gpt-4o-transcribe', file, stream: true });
  let text = '';
  for await (const event of stream) if (event.type === 'transcript.text.done') text = event.text;
  expect(text).toContain('café');
  const [minutes, streamed] = await running().take(2);
  expect(minutes).toMatchObject({ requestModel: 'whisper-1', usage: { audioSeconds: 10 }, standing: 'measured' });
  expect(minutes?.cost?.costNanoUsd).toBe(1_000_000);
  expect(streamed).toMatchObject({ streaming: true, outcome: 'complete', standing: 'measured' });
  expect(tokensOf(streamed?.usage)).toEqual(tokensBilled(billed().at(-1)));
});

test('speech comes as the bytes it is', async () => {
  const input = 'Every byte of this is to arrive. '.repeat(40);
  const answer = await openai().audio.speech.create({ model: 'tts-1', voice: 'alloy', input });
  expect(answer.headers.get('content-type')).toBe('audio/mpeg');
  const bytes = Buffer.from(await answer.arrayBuffer());
  const direct = await fetch(`${running().simulator.url}/openai/v1/audio/speech`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${running().simulator.upstreamToken}`,
      'meshagent-project-id': running().simulator.projectId,
    },
    body: JSON.stringify({ model: 'tts-1', voice: 'alloy', input }),
  });
  const digest = (of: Buffer) => createHash('sha256').update(of).digest('hex');
  expect(digest(bytes)).toBe(digest(Buffer.from(await direct.arrayBuffer())));
  const [record] = await running().take(1);
  expect(record).toMatchObject({
    requestModel: 'tts-1',
    responseBytes: bytes.length,
    usage: { inputCharacters: input.length },
    // The public list has no price for a character: unknown, and not nothing.
    standing: 'unpriced',
  });
  expect(record?.cost).toBeUndefined();
});

test('pictures are made, streamed and edited', async () => {
  const made = await openai().images.generate({ model: 'gpt-image-1', prompt: 'a house', n: 2 });
  expect(Buffer.from(made.data?.[1]?.b64_json ?? '', 'base64').toString('latin1', 1, 4)).toBe('PNG');
  const stream = await openai().images.generate({ model: 'gpt-image-1', prompt: 'a house', stream: true });
  const types = [];
  for await (const event of stream) types.push(event.type);
  expect(types).toEqual(['image_generation.completed']);
  const image = await toFile(Buffer.alloc(2_000_000), 'house.png', { type: 'image/png' });
  const edited = await openai().images.edit({ model: 'gpt-image-1', image: [image, image], prompt: 'red' });
  expect(edited.data).toHaveLength(1);
  const records = await running().take(3);
  for (const [i, record] of records.entries()) {
    expect(record).toMatchObject({ requestModel: 'gpt-image-1', outcome: 'complete', standing: 'measured' });
    expect(tokensOf(record.usage)).toEqual(tokensBilled(billed().at(i - 3)));
    expect(record.cost?.costNanoUsd).toBeGreaterThan(0);
  }
});

test('a realtime session: text, then speech', async () => {
  const options = { agent: plainAgent() };
  const realtime = new OpenAIRealtimeWS({ model: 'gpt-realtime', options }, openai());
  onTestFinished(() => realtime.close());
  const errors: string[] = [];
  const texts: string[] = [];
  let sound = 0;
  let responses = 0;
  realtime.on('error', (error) => errors.push(error.message));
  realtime.on('response.output_text.done', ({ text }) => texts.push(text));
  realtime.on('response.output_audio.delta', ({ delta }) => {
    sound += Buffer.byteLength(delta, 'base64');
  });
  realtime.on('response.done', () => {
    responses += 1;
  });
  const done = (count: number) => waitFor(() => responses === count || errors.length > 0, `response ${count}`);
  await new Promise((resolve) => realtime.on('session.created', resolve));
  const content = [{ type: 'input_text' as const, text: 'hello, hello' }];
  realtime.send({ type: 'conversation.item.create', item: { type: 'message', role: 'user', content } });
  realtime.send({ type: 'response.create', response: { output_modalities: ['text'] } });
  await done(1);
  realtime.send({ type: 'input_audio_buffer.append', audio: Buffer.alloc(480_000).toString('base64') });
  realtime.send({ type: 'input_audio_buffer.commit' });
  realtime.send({ type: 'response.create' });
  await done(2);
  expect(errors).toEqual([]);
  expect(texts[0]).toContain('café');
  expect(sound).toBeGreaterThan(0);
  const records = await running().take(2);
  for (const [i, record] of records.entries()) {
    expect(record).toMatchObject({
      transport: 'websocket',
      path: '/v1/realtime',
      tool: 'OpenAI SDK · JS',
      responseModel: 'gpt-realtime',
      outcome: 'complete',
      standing: 'measured',
    });
    expect(tokensOf(record.usage)).toEqual(tokensBilled(billed().at(i - 2)));
    expect(record.cost?.costNanoUsd).toBeGreaterThan(0);
  }
  expect(records[1]?.usage).toMatchObject({ audioInputTokens: 100 });
});

test('a handshake the service refuses is the client’s error', async () => {
  const client = new OpenAIRealtimeWS({ model: 'gpt-realtime@status=403', options: { agent: plainAgent() } }, openai());
  const error = await new Promise<Error>((resolve) => client.on('error', resolve));
  expect(error).toBeInstanceOf(OpenAI.OpenAIError);
  expect(error.message).toContain('403');
  const [record] = await running().take(1);
  expect(record).toMatchObject({
    transport: 'websocket',
    outcome: 'failed',
    status: 403,
    errorType: 'permission_denied',
  });
});

test('a key for a browser’s realtime session', async () => {
  const secret = await openai().realtime.clientSecrets.create({ session: { type: 'realtime', model: 'gpt-realtime' } });
  expect(secret.value).toMatch(/^ek_/);
  const [record] = await running().take(1);
  expect(record).toMatchObject({ path: '/v1/realtime/client_secrets', outcome: 'complete', standing: 'unmetered' });
});
