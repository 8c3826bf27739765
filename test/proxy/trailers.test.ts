import { expect, test } from 'vitest';
import { connectClient } from '../helpers/raw-client.js';
import { startRawUpstream } from '../helpers/raw-upstream.js';
import { KEY_LINE, LOCAL_KEY, startProxy } from '../helpers/start-proxy.js';

test('trailers of a request can not add fields to it, and its connection goes on', async () => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const client = await connectClient(proxy.port);
  const head = `POST /v1/responses HTTP/1.1\r\nHost: 127.0.0.1\r\n${KEY_LINE}\r\nTrailer: Authorization\r\n`;
  const body = `Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n${KEY_LINE}\r\nMeshagent-Project-Id: other\r\n\r\n`;
  for (let i = 0; i < 2; i += 1) {
    await client.write(head + body);
    const request = await upstream.request();
    expect(request.body.toString()).toBe('hello');
    expect(JSON.stringify([request.fields, request.trailers])).not.toMatch(new RegExp(`${LOCAL_KEY}|other`));
    await request.answer(200, 'ok');
    expect((await client.answer()).status).toBe(200);
  }
});

test('an answer with trailers is whole without them', async () => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const client = await connectClient(proxy.port);
  for (let i = 0; i < 2; i += 1) {
    await client.write(`GET /v1/models HTTP/1.1\r\nHost: 127.0.0.1\r\n${KEY_LINE}\r\n\r\n`);
    const { connection } = await upstream.request();
    await connection.write(
      'HTTP/1.1 200 OK\r\nTrailer: X-Sum\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nX-Sum: 1\r\n\r\n',
    );
    expect(await client.answer()).toMatchObject({ status: 200, text: 'hello', complete: true });
  }
  expect(upstream.connections).toHaveLength(1);
});

test('chunk extensions stay on their hop', async () => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const client = await connectClient(proxy.port);
  await client.write(
    `POST /v1/responses HTTP/1.1\r\nHost: 127.0.0.1\r\n${KEY_LINE}\r\nTransfer-Encoding: chunked\r\n\r\n5;a=b\r\nhello\r\n0;c\r\n\r\n`,
  );
  const request = await upstream.request();
  expect(request.body.toString()).toBe('hello');
  await request.connection.write(
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;x="y"\r\nhello\r\n0;z\r\n\r\n',
  );
  expect(await client.answer()).toMatchObject({ status: 200, text: 'hello', complete: true });
});
