import fc from 'fast-check';
import { expect, test } from 'vitest';
import { connectClient } from '../helpers/raw-client.js';
import { startRawUpstream } from '../helpers/raw-upstream.js';
import { KEY_LINE, startProxy } from '../helpers/start-proxy.js';

/** A body, how it is framed, and the places where the sender's writes end (in the middle of heads and sizes too). */
const message = fc.record({
  chunks: fc.array(fc.uint8Array({ minLength: 1, maxLength: 400 }), { maxLength: 12 }),
  chunked: fc.boolean(),
  cuts: fc.array(fc.nat({ max: 6000 }), { maxLength: 8 }),
});

type Message = typeof message extends fc.Arbitrary<infer T> ? T : never;

const bodyOf = ({ chunks }: Message) => Buffer.concat(chunks);

function bytesOf(head: string, { chunks, chunked, cuts }: Message): Buffer[] {
  const body = Buffer.concat(chunks);
  const framed = chunked
    ? [
        Buffer.from(`${head}Transfer-Encoding: chunked\r\n\r\n`),
        ...chunks.flatMap((data) => [Buffer.from(`${data.length.toString(16)}\r\n`), data, Buffer.from('\r\n')]),
        Buffer.from('0\r\n\r\n'),
      ]
    : [Buffer.from(`${head}Content-Length: ${body.length}\r\n\r\n`), body];
  const whole = Buffer.concat(framed);
  const places = [0, ...cuts.filter((cut) => cut < whole.length).sort((a, b) => a - b), whole.length];
  return places.slice(1).map((end, i) => whole.subarray(places[i], end));
}

test('any body, however it is framed and split, passes either way byte for byte', async () => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const client = await connectClient(proxy.port);
  await fc.assert(
    fc.asyncProperty(message, message, async (up, down) => {
      for (const part of bytesOf(`POST /v1/responses HTTP/1.1\r\nHost: 127.0.0.1\r\n${KEY_LINE}\r\n`, up)) {
        await client.write(part);
      }
      const request = await upstream.request();
      expect(request.body.equals(bodyOf(up))).toBe(true);
      for (const part of bytesOf('HTTP/1.1 200 OK\r\n', down)) await request.connection.write(part);
      const answer = await client.answer();
      expect(answer.complete).toBe(true);
      expect(answer.body.equals(bodyOf(down))).toBe(true);
    }),
    { numRuns: 150 },
  );
  await proxy.ended(proxy.exchanges.length);
  for (const { ends, requestData, responseData } of proxy.exchanges) {
    expect(ends[0]).toMatchObject({
      outcome: 'complete',
      requestBytes: Buffer.concat(requestData).length,
      responseBytes: Buffer.concat(responseData).length,
    });
  }
});
