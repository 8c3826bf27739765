/** A compressed prompt still names its model, within bounds: a few kilobytes may unpack to gigabytes. */
import { randomBytes } from 'node:crypto';
import zlib from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createRequestReader } from '../../src/meter/request-reader.js';
import type { Endpoint } from '../../src/providers/endpoints.js';
import { endpointOf } from '../../src/providers/registry.js';

const MiB = 1024 * 1024;

const CODINGS = {
  gzip: zlib.gzipSync,
  br: (data: Buffer) => zlib.brotliCompressSync(data, { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 5 } }),
  zstd: zlib.zstdCompressSync,
  deflate: zlib.deflateSync,
} as const;

/** Reads a body that comes in pieces of a buffer that is used again. */
async function read(body: Buffer, encoding: string, path = '/v1/responses') {
  const heard: string[] = [];
  const headers = { 'content-type': 'application/json', 'content-encoding': encoding };
  const reader = createRequestReader(headers, endpointOf('openai', path) as Endpoint, {
    onModel: (model) => heard.push(model),
  });
  const lent = Buffer.alloc(65_536);
  for (let at = 0; at < body.length; at += lent.length) {
    const length = body.copy(lent, 0, at);
    reader.push(lent.subarray(0, length));
    lent.fill(0x22);
  }
  await new Promise<void>((resolve) => reader.end(resolve));
  return { model: reader.model, serviceTier: reader.serviceTier, heard };
}

describe.each(Object.entries(CODINGS))('%s', (encoding, pack) => {
  const request = (fields: object) => pack(Buffer.from(JSON.stringify(fields)));

  it('tells model and tier, wherever they stand', async () => {
    const input = 'Hello, "world" '.repeat(20_000);
    const expected = { model: 'gpt-6-sol', serviceTier: 'flex', heard: ['gpt-6-sol'] };
    expect(await read(request({ model: 'gpt-6-sol', input, service_tier: 'flex' }), encoding)).toEqual(expected);
    expect(await read(request({ service_tier: 'flex', input, model: 'gpt-6-sol' }), encoding)).toEqual(expected);
    expect(await read(request({ model: 'gpt-6-sol', input }), encoding.toUpperCase())).toEqual({
      ...expected,
      serviceTier: 'default',
    });
  });

  it('reads what came of one that was cut', async () => {
    const whole = request({ model: 'gpt-6-sol', input: Array.from({ length: 20_000 }, (_, i) => `${i} ${i * 7919}`) });
    const { model, serviceTier } = await read(whole.subarray(0, whole.length / 2), encoding);
    expect([model, serviceTier]).toEqual(['gpt-6-sol', undefined]);
  });

  it('gives up on one that goes on for ever, and knows what stood in front', async () => {
    const bomb = Buffer.alloc(256 * MiB, 0x20);
    bomb.write('{"model":"gpt-6-sol","input":"');
    const packed = pack(bomb);
    const before = process.memoryUsage().arrayBuffers;
    const { model, serviceTier } = await read(packed, encoding);
    expect([model, serviceTier]).toEqual(['gpt-6-sol', undefined]);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(64 * MiB);
  });
});

it.each([
  ['no such thing', Buffer.from('{"model":"m"}'), 'gzip'],
  ['a coding nobody knows', Buffer.from('{"model":"m"}'), 'compress'],
  ['one inside another', zlib.gzipSync(zlib.gzipSync('{"model":"m"}')), 'gzip, gzip'],
  ['nothing', Buffer.alloc(0), 'zstd'],
])('%s tells nothing', async (_, body, encoding) => {
  expect(await read(body, encoding)).toEqual({ model: undefined, serviceTier: undefined, heard: [] });
});

it('a body larger than it may be is read up to there', async () => {
  const noise = Buffer.from(randomBytes(9 * MiB).toString('base64'));
  const body = Buffer.concat([Buffer.from('{"model":"m","input":"'), noise, Buffer.from('","service_tier":"flex"}')]);
  const packed = zlib.gzipSync(body, { level: 1 });
  expect(packed.length).toBeGreaterThan(8 * MiB);
  expect(await read(packed, 'gzip')).toMatchObject({ model: 'm', serviceTier: undefined });
});
