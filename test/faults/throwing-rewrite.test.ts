import { expect, test } from 'vitest';
import { startProxyChild } from '../helpers/proxy-child.js';
import { connectClient } from '../helpers/raw-client.js';
import { startRawUpstream } from '../helpers/raw-upstream.js';
import { KEY_LINE, LOCAL_KEY } from '../helpers/start-proxy.js';

const SMALL = '{"model":"gpt-5"}';
/** More than is held to be rewritten whole. */
const LARGE = Buffer.alloc(2 * 1024 * 1024, 'x').toString();

test.each([
  ['head', SMALL],
  ['request', SMALL],
  ['requestStream', LARGE],
  ['response', SMALL],
  ['push', SMALL],
  ['flush', SMALL],
] as const)(
  'a change of bodies that throws in %s leaves them as they are, and the proxy alive',
  async (where, body) => {
    const failsHalfWay = where === 'push' || where === 'flush';
    const upstream = await startRawUpstream();
    const proxy = await startProxyChild({ upstreamUrl: upstream.url, localKey: LOCAL_KEY, rewriteThrowsIn: where });
    for (let i = 0; i < 2; i += 1) {
      const client = await connectClient(proxy.port);
      const head = `POST /v1/responses HTTP/1.1\r\nHost: 127.0.0.1\r\n${KEY_LINE}\r\nContent-Length: ${body.length}\r\n\r\n`;
      client.socket.write(head + body);
      const request = await upstream.request();
      expect(request.body.toString() === body).toBe(true);
      await request.answer(200, 'ok');
      if (failsHalfWay) {
        // A filter that fails half-way may end the answer, but never as a complete one that is not.
        const answer = await client.message({ kind: 'response' });
        expect(!answer?.complete || answer.body.toString() === 'ok' || /^\S+ 502/.test(answer.startLine)).toBe(true);
      } else expect(await client.answer()).toMatchObject({ status: 200, text: 'ok', complete: true });
    }
    const end = failsHalfWay
      ? { outcome: 'interrupted', status: 200, errorType: 'internal', responseBytes: 0 }
      : { outcome: 'complete', status: 200, responseBytes: 2 };
    expect(await proxy.ended(2)).toMatchObject([end, end]);
    expect(proxy.complaints).not.toContain('secret');
  },
);
