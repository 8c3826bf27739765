import zlib from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMeter } from '../../src/meter/meter.js';
import { messageStream } from '../fixtures/anthropic.js';
import { chatCompletion, chatStreamWithUsage } from '../fixtures/openai.js';
import { exchangeHead, meterExchange, timeless } from '../helpers/meter-exchange.js';
import { anyCuts, cut } from '../helpers/splits.js';

const ENCODINGS: readonly [string, (bytes: Buffer) => Buffer][] = [
  ['gzip', zlib.gzipSync],
  ['x-gzip', zlib.gzipSync],
  ['deflate', zlib.deflateSync],
  ['br', zlib.brotliCompressSync],
  ['zstd', zlib.zstdCompressSync],
  ['identity', (bytes) => bytes],
];
const chat = { path: '/v1/chat/completions' };

describe.each(ENCODINGS)('an answer in %s', (encoding, compress) => {
  it('is metered like a plain one, however its bytes are cut', async () => {
    const plain = timeless(await meterExchange({ ...chat, answer: chatCompletion, end: { responseBytes: 0 } }));
    const answer = compress(Buffer.from(JSON.stringify(chatCompletion)));
    await fc.assert(
      fc.asyncProperty(anyCuts, async (cuts) => {
        const headers = { 'content-type': 'application/json', 'content-encoding': encoding.toUpperCase() };
        const record = await meterExchange({
          ...chat,
          answer,
          headers,
          split: (bytes) => cut(bytes, cuts),
          end: { responseBytes: 0 },
        });
        expect(timeless(record)).toEqual(plain);
      }),
      { numRuns: 10 },
    );
  });

  it('is metered when it is a stream', async () => {
    const headers = { 'content-type': 'text/event-stream', 'content-encoding': encoding };
    const record = await meterExchange({ ...chat, answer: compress(Buffer.from(chatStreamWithUsage)), headers });
    expect(record).toMatchObject({ outcome: 'complete', usageStanding: 'measured', usage: { outputTokens: 31 } });
  });

  it('keeps what was seen when it is cut', async () => {
    const start = messageStream.slice(0, messageStream.indexOf('event: message_delta'));
    const headers = { 'content-type': 'text/event-stream', 'content-encoding': encoding };
    const record = await meterExchange({
      providerName: 'anthropic',
      path: '/v1/messages',
      answer: cutBehind(encoding, start, compress),
      headers,
      end: { outcome: 'interrupted', errorType: 'upstream_closed' },
    });
    expect(record).toMatchObject({
      outcome: 'interrupted',
      errorType: 'upstream_closed',
      usageStanding: 'partial',
      usage: { inputTokens: 4817, outputTokens: 3 },
    });
  });
});

it('an encoding that nobody knows leaves an unmetered record', async () => {
  const headers = { 'content-type': 'text/event-stream', 'content-encoding': 'snappy' };
  const record = await meterExchange({ ...chat, answer: Buffer.from('garbage'), headers });
  expect(record).toMatchObject({ outcome: 'complete', usageStanding: 'unmetered' });
});

it('garbage that calls itself gzip leaves an unmetered record', async () => {
  const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
  const record = await meterExchange({ ...chat, answer: Buffer.from('garbage'), headers });
  expect(record).toMatchObject({ outcome: 'complete', usageStanding: 'unmetered' });
});

it('a compressed answer has its record once the meter has settled', async () => {
  const records: unknown[] = [];
  const meter = createMeter({ onRecord: (record) => records.push(record) });
  const observer = meter.observe(exchangeHead({}));
  observer.onResponseStart(200, { 'content-type': 'application/json', 'content-encoding': 'br' });
  observer.onResponseData(zlib.brotliCompressSync(JSON.stringify(chatCompletion)));
  observer.onEnd({ outcome: 'complete', status: 200, durationMs: 1, requestBytes: 0, responseBytes: 0 });
  await meter.settled();
  expect(records).toMatchObject([{ usageStanding: 'measured' }]);
});

/** What has come of a compressed stream that was cut behind a flush: all of the text, and no end. */
function cutBehind(encoding: string, text: string, compress: (bytes: Buffer) => Buffer): Buffer {
  const bytes = Buffer.from(text);
  const { Z_SYNC_FLUSH, BROTLI_OPERATION_FLUSH, ZSTD_e_flush } = zlib.constants;
  if (encoding === 'br') return zlib.brotliCompressSync(bytes, { finishFlush: BROTLI_OPERATION_FLUSH });
  if (encoding === 'zstd') return zlib.zstdCompressSync(bytes, { finishFlush: ZSTD_e_flush });
  if (encoding === 'deflate') return zlib.deflateSync(bytes, { finishFlush: Z_SYNC_FLUSH });
  if (encoding.endsWith('gzip')) return zlib.gzipSync(bytes, { finishFlush: Z_SYNC_FLUSH });
  return compress(bytes);
}
