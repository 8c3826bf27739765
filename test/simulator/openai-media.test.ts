import { toFile } from 'openai';
import { expect, test } from 'vitest';
import { openaiClient } from './openai-client.js';
import { simulated } from './simulated.js';

const { simulator } = simulated();
const openai = (plan?: string) => openaiClient(simulator(), plan);
const recording = () => toFile(Buffer.alloc(40_000), 'a.wav', { type: 'audio/wav' });

test('embeddings, as floats and as the SDK prefers them', async () => {
  const input = ['one', 'two', 'one'];
  const model = 'text-embedding-3-small';
  const packed = await openai().embeddings.create({ model, input, dimensions: 8 });
  const floats = await openai().embeddings.create({ model, input, dimensions: 8, encoding_format: 'float' });
  expect(packed.data).toEqual(floats.data);
  expect(packed.data[0]?.embedding).toEqual(packed.data[2]?.embedding);
  expect(packed.data[0]?.embedding).not.toEqual(packed.data[1]?.embedding);
  expect(Math.hypot(...(packed.data[0]?.embedding ?? []))).toBeCloseTo(1, 5);
  expect(packed.usage).toEqual({ prompt_tokens: 3, total_tokens: 3 });
});

test('speech is binary', async () => {
  const answer = await openai().audio.speech.create({ model: 'tts-1', voice: 'alloy', input: 'hello' });
  expect(answer.headers.get('content-type')).toBe('audio/mpeg');
  expect((await answer.arrayBuffer()).byteLength).toBe(500);
});

test('a recording is transcribed', async () => {
  const plain = await openai().audio.transcriptions.create({ model: 'gpt-4o-transcribe', file: await recording() });
  expect(plain.text).toContain('café');
  expect(plain.usage).toMatchObject({ type: 'tokens', input_tokens: 30 });
  const verbose = await openai().audio.transcriptions.create({
    model: 'whisper-1',
    file: await recording(),
    response_format: 'verbose_json',
  });
  expect(verbose).toMatchObject({ duration: 3, usage: { type: 'duration', seconds: 3 } });
  const text = await openai().audio.transcriptions.create({
    model: 'whisper-1',
    file: await recording(),
    response_format: 'text',
  });
  expect(text).toContain('café');
  const translated = await openai().audio.translations.create({ model: 'whisper-1', file: await recording() });
  expect(translated.text).toContain('café');
});

test('a transcription is streamed', async () => {
  const stream = await openai('events=2').audio.transcriptions.create({
    model: 'gpt-4o-transcribe',
    file: await recording(),
    stream: true,
  });
  const events = [];
  for await (const event of stream) events.push(event);
  expect(events.map((event) => event.type)).toEqual([
    'transcript.text.delta',
    'transcript.text.delta',
    'transcript.text.done',
  ]);
  expect(events.at(-1)).toMatchObject({ text: 'The café', usage: { type: 'tokens' } });
});

test('pictures are made and edited', async () => {
  const made = await openai().images.generate({ model: 'gpt-image-1', prompt: 'a house', n: 2 });
  expect(made.data).toHaveLength(2);
  expect(Buffer.from(made.data?.[0]?.b64_json ?? '', 'base64').toString('latin1', 1, 4)).toBe('PNG');
  expect(made.usage).toMatchObject({ output_tokens: 2112 });
  const image = await toFile(Buffer.alloc(100), 'a.png', { type: 'image/png' });
  const edited = await openai().images.edit({ model: 'gpt-image-1', image: [image, image], prompt: 'red' });
  expect(edited.usage?.input_tokens_details.image_tokens).toBe(646);
});

test('a picture is streamed', async () => {
  const stream = await openai().images.generate({
    model: 'gpt-image-1',
    prompt: 'a house',
    stream: true,
    partial_images: 1,
  });
  const types = [];
  for await (const event of stream) types.push(event.type);
  expect(types).toEqual(['image_generation.partial_image', 'image_generation.completed']);
});

test('models are listed, one is shown, an unknown one is not', async () => {
  const list = await openai().models.list();
  expect(list.data.map((model) => model.id)).toContain('gpt-5.4');
  expect((await openai().models.retrieve('gpt-5.4')).id).toBe('gpt-5.4');
  await expect(openai().models.retrieve('gpt-0')).rejects.toMatchObject({ status: 404 });
});
