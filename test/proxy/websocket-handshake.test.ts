import { expect, test } from 'vitest';
import { type Answer, connectClient, type RawClient } from '../helpers/raw-client.js';
import { startRawUpstream } from '../helpers/raw-upstream.js';
import { settled } from '../helpers/settled.js';
import { accessTo, KEY_LINE, LOCAL_KEY, PROJECT_ID, startProxy, UPSTREAM_TOKEN } from '../helpers/start-proxy.js';
import { waitFor } from '../helpers/wait-for.js';
import {
  acceptanceOf,
  acceptFor,
  clientFrame,
  dialWebSocket,
  openWebSocket,
  startWebSocketUpstream,
} from '../helpers/websockets.js';

const CLIENT_KEY = 'dGhlIHNhbXBsZSBub25jZQ==';
const handshake = (target: string, ...lines: string[]) =>
  [
    `GET ${target} HTTP/1.1`,
    'Host: 127.0.0.1',
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    `Sec-WebSocket-Key: ${CLIENT_KEY}`,
    ...lines,
    '',
    '',
  ].join('\r\n');

/** Takes the handshake upstream and answers it. */
async function through(lines: string[], answerLines: string[] = [], target = '/v1/realtime?model=m') {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const client = await connectClient(proxy.port);
  await client.write(handshake(target, KEY_LINE, ...lines));
  const request = await upstream.request();
  await request.connection.write(acceptanceOf(request, ...answerLines));
  const answer: Answer = await client.answer();
  return { upstream, proxy, client, request, answer };
}

test('the handshake goes upstream with our token and without the local key', async () => {
  const { request, answer } = await through([
    'OpenAI-Beta: realtime=v1',
    'X-Meshagent-Annotation-Team: red',
    'x-api-key: another',
  ]);
  expect(request.startLine).toBe('GET /openai/v1/realtime?model=m HTTP/1.1');
  expect(request.field('authorization')).toBe(`Bearer ${UPSTREAM_TOKEN}`);
  expect(request.field('meshagent-project-id')).toBe(PROJECT_ID);
  expect(request.field('openai-beta')).toBe('realtime=v1');
  expect(request.field('x-meshagent-annotation-team')).toBe('red');
  expect(request.field('x-api-key')).toBeUndefined();
  expect(request.field('sec-websocket-key')).not.toBe(CLIENT_KEY);
  expect(JSON.stringify(request.fields)).not.toContain(LOCAL_KEY);
  expect(answer.status).toBe(101);
  expect(answer.field('sec-websocket-accept')).toBe(acceptFor(CLIENT_KEY));
});

test.each(['/v1/realtime', '/openai/v1/realtime?call_id=a%20b', '/v1/responses', '/openai/v1/responses'])(
  '%s opens a WebSocket',
  async (target) => {
    const { request, answer } = await through([], [], target);
    expect(request.target).toBe(target.replace(/^\/(?:openai\/)?/, '/openai/'));
    expect(answer.status).toBe(101);
  },
);

test('a query passes as it came', async () => {
  const target = "/v1/realtime?a='b'&c=%2f&d=|&e={}&f";
  const { request } = await through([], [], target);
  expect(request.target).toBe(`/openai${target}`);
});

test('fields that come twice pass twice', async () => {
  const { request } = await through(['X-Twice: 1', 'X-Twice: 2']);
  expect(request.fields.filter(([name]) => name === 'X-Twice').map(([, value]) => value)).toEqual(['1', '2']);
});

test('end-to-end fields of the acceptance reach the client', async () => {
  const { answer } = await through([], ['x-request-id: req_7', 'openai-version: 2020-10-01']);
  expect(answer.field('x-request-id')).toBe('req_7');
  expect(answer.field('openai-version')).toBe('2020-10-01');
});

test.each([
  ['none offered, none chosen', undefined, undefined],
  ['the one offered', 'realtime', 'realtime'],
  ['the second of two', 'a, b', 'b'],
])('subprotocols: %s', async (_name, offered, chosen) => {
  const { request, answer } = await through(
    offered ? [`Sec-WebSocket-Protocol: ${offered}`] : [],
    chosen ? [`Sec-WebSocket-Protocol: ${chosen}`] : [],
  );
  expect(request.field('sec-websocket-protocol')?.replaceAll(' ', '')).toBe(offered?.replaceAll(' ', ''));
  expect(answer.status).toBe(101);
  expect(answer.field('sec-websocket-protocol')).toBe(chosen);
});

test('an upstream that chooses none of the subprotocols is taken at its word', async () => {
  const { answer } = await through(['Sec-WebSocket-Protocol: a, b']);
  expect(answer.status).toBe(101);
  expect(answer.field('sec-websocket-protocol')).toBeUndefined();
});

test('a key carried as a subprotocol opens the door and stays here', async () => {
  const upstream = await startWebSocketUpstream();
  const proxy = await startProxy({ upstream });
  const client = await openWebSocket(proxy.port, {
    headers: {},
    protocols: ['realtime', `openai-insecure-api-key.${LOCAL_KEY}`, 'openai-beta.realtime-v1'],
  });
  const accepted = await upstream.accepted();
  expect(accepted.request?.headers['sec-websocket-protocol']).toBe('realtime,openai-beta.realtime-v1');
  expect(client.socket.protocol).toBe('realtime');
});

test('extensions are not agreed on behind the client', async () => {
  const { request, answer } = await through(['Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits']);
  expect(request.field('sec-websocket-extensions')).toBeUndefined();
  expect(answer.field('sec-websocket-extensions')).toBeUndefined();
});

test.each([
  ['no key', ['Sec-WebSocket-Version: 13']],
  ['a malformed key', ['Sec-WebSocket-Version: 13', 'Sec-WebSocket-Key: short']],
  ['an unknown version', ['Sec-WebSocket-Version: 12', `Sec-WebSocket-Key: ${CLIENT_KEY}`]],
])('a handshake with %s is refused as the client’s fault', async (_name, lines) => {
  const upstream = await startWebSocketUpstream();
  const proxy = await startProxy({ upstream });
  const client = await connectClient(proxy.port);
  const head = ['GET /v1/realtime HTTP/1.1', 'Host: 127.0.0.1', 'Connection: Upgrade', 'Upgrade: websocket'];
  await client.write([...head, KEY_LINE, ...lines, '', ''].join('\r\n'));
  const answer = await client.answer();
  expect([400, 405, 426]).toContain(answer.status);
});

test('a handshake that offers a subprotocol twice is refused as the client’s fault', async () => {
  const upstream = await startWebSocketUpstream();
  const proxy = await startProxy({ upstream });
  const client = await connectClient(proxy.port);
  await client.write(handshake('/v1/realtime', KEY_LINE, 'Sec-WebSocket-Protocol: a, a'));
  expect((await client.answer()).status).toBe(400);
});

test.each(['POST', 'PUT', 'HEAD'])('%s is no handshake: refused, or an ordinary request', async (method) => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const client = await connectClient(proxy.port);
  await client.write(handshake('/v1/realtime', KEY_LINE).replace('GET', method));
  await waitFor(() => client.received.length > 0 || upstream.connections.length > 0, 'a verdict');
  if (client.received.length > 0) {
    expect([400, 405]).toContain((await client.answer({ toHead: true })).status);
    return;
  }
  const request = await upstream.request();
  expect(request.method).toBe(method);
  expect(request.field('upgrade')).toBeUndefined();
});

test('a WebSocket on another path is refused, naming it', async () => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const client = await connectClient(proxy.port);
  await client.write(handshake('/anthropic/v1/messages', KEY_LINE));
  const answer = await client.answer();
  expect(answer.status).toBe(400);
  expect(answer.json()).toMatchObject({ type: 'error', error: { type: 'invalid_request_error' } });
  expect(answer.text).toContain('/v1/messages');
  expect(upstream.connections).toHaveLength(0);
});

test.each([
  ['without a key', []],
  ['with a wrong key', ['Authorization: Bearer wrong']],
])('%s there is no WebSocket', async (_name, lines) => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const client = await connectClient(proxy.port);
  await client.write(handshake('/v1/realtime', ...lines));
  const answer = await client.answer();
  expect(answer.status).toBe(401);
  expect(answer.json()).toMatchObject({ error: { type: 'authentication_error' } });
  expect(proxy.refused).toMatchObject([{ status: 401 }]);
  expect(upstream.connections).toHaveLength(0);
});

test.each([
  ['429', 429, '{"error":{"message":"slow down"}}', ['retry-after: 3', 'Content-Type: application/json']],
  ['402 of MeshAgent', 402, '{"detail":"The project has no balance left."}', ['Content-Type: application/json']],
  ['503 as a page', 503, '<html>maintenance</html>', ['Content-Type: text/html']],
  ['404 without a body', 404, '', ['x-request-id: r']],
  ['500 in another encoding', 500, 'not really gzip', ['content-encoding: gzip']],
])('a handshake refused upstream is that answer here: %s', async (_name, status, body, fields) => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const client = await connectClient(proxy.port);
  await client.write(handshake('/v1/realtime', KEY_LINE));
  await (await upstream.request()).answer(status, body, fields);
  const answer = await client.answer();
  expect(answer).toMatchObject({ status, text: body, complete: true });
  for (const field of fields) {
    const [name = '', value] = field.split(': ');
    expect(answer.field(name.toLowerCase())).toBe(value);
  }
  const [end] = await proxy.ended();
  expect(end).toMatchObject({ outcome: 'failed', status, responseBytes: body.length });
  // The meter tells what the answer says; the client that hangs up after it has not left early.
  expect(end).not.toHaveProperty('errorType');
});

test('a redirect is passed on, not followed with our token', async () => {
  const elsewhere = await startRawUpstream();
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const client = await connectClient(proxy.port);
  await client.write(handshake('/v1/realtime', KEY_LINE));
  await (await upstream.request()).answer(307, '', [`Location: ${elsewhere.url}/v1/realtime`]);
  const answer = await client.answer();
  expect(answer.status).toBe(307);
  expect(elsewhere.connections).toHaveLength(0);
});

test('a refused token is refreshed once, and the handshake tried again', async () => {
  const upstream = await startRawUpstream();
  const refused: string[] = [];
  const proxy = await startProxy({
    upstream,
    upstreamAccess: {
      accessAfterRefusal: async (token) => {
        refused.push(token);
        return { ...accessTo(upstream), upstreamToken: 'fresh', projectId: 'another' };
      },
    },
  });
  const client = await connectClient(proxy.port);
  await client.write(handshake('/v1/realtime', KEY_LINE, 'Sec-WebSocket-Protocol: realtime'));
  await (await upstream.request()).answer(401, '{}');
  const second = await upstream.request();
  expect(second.field('authorization')).toBe('Bearer fresh');
  expect(second.field('meshagent-project-id')).toBe(PROJECT_ID);
  expect(second.field('sec-websocket-protocol')).toBe('realtime');
  await second.answer(401, 'still no');
  expect(await client.answer()).toMatchObject({ status: 401, text: 'still no' });
  expect(refused).toEqual([UPSTREAM_TOKEN]);
});

test('what a client sends before it is accepted reaches upstream', async () => {
  const upstream = await startWebSocketUpstream();
  const proxy = await startProxy({ upstream });
  const client = await connectClient(proxy.port);
  const head = Buffer.from(handshake('/v1/realtime', KEY_LINE));
  await client.write(Buffer.concat([head, clientFrame(1, 'first'), clientFrame(1, 'second')]));
  await client.write(clientFrame(2, 'third'));
  expect(await (await upstream.accepted()).texts(3)).toEqual(['first', 'second', 'third']);
});

test('what a client sends before it is accepted is bounded, and none of it is lost', async () => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const client = await connectClient(proxy.port);
  await client.write(handshake('/v1/realtime', KEY_LINE));
  const request = await upstream.request();
  const frame = clientFrame(2, Buffer.alloc(60_000, 'x'));
  const count = 200;
  for (let i = 0; i < count; i += 1) client.socket.write(frame);
  await settled(() => client.socket.writableLength);
  await request.connection.write(acceptanceOf(request));
  // Upstream's copies are masked with other keys, but as long.
  await waitFor(() => request.connection.socket.bytesRead > count * frame.length, 'all frames upstream');
  expect((await client.answer()).status).toBe(101);
  expect(proxy.exchanges[0]?.messages.length).toBe(count);
});

test('what upstream says at once reaches the client', async () => {
  const upstream = await startWebSocketUpstream({
    onOpen: ({ socket }) => {
      socket.send('session.created');
      socket.send('more');
    },
  });
  const proxy = await startProxy({ upstream });
  const client = dialWebSocket(proxy.port);
  expect(await client.texts(2)).toEqual(['session.created', 'more']);
});

test('what upstream says in one packet with its acceptance reaches the client', async () => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const client = dialWebSocket(proxy.port);
  const request = await upstream.request();
  await request.connection.write(`${acceptanceOf(request)}\x81\x05hello`);
  expect((await client.message()).data.toString()).toBe('hello');
});

async function leaveDuringHandshake(leave: (client: RawClient) => void): Promise<void> {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const client = await connectClient(proxy.port);
  await client.write(handshake('/v1/realtime', KEY_LINE));
  await upstream.request();
  leave(client);
  await waitFor(() => upstream.open.length === 0, 'the handshake upstream to be ended');
  const [end] = await proxy.ended();
  expect(end).toMatchObject({ outcome: 'interrupted', errorType: 'client_abort' });
}

test('a client that resets its connection during the handshake ends it upstream', () =>
  leaveDuringHandshake((client) => client.reset()));

test('a client that closes its connection during the handshake ends it upstream', () =>
  leaveDuringHandshake((client) => client.socket.destroy()));

test('a broken acceptance is a 502', async () => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const client = await connectClient(proxy.port);
  await client.write(handshake('/v1/realtime', KEY_LINE));
  const request = await upstream.request();
  await request.connection.write(acceptanceOf(request).replace(/Accept: .{4}/, 'Accept: AAAA'));
  const answer = await client.answer();
  expect(answer.status).toBe(502);
  const [end] = await proxy.ended();
  expect(end).toMatchObject({ outcome: 'failed', status: 502 });
});

test('an answer of 200 to a handshake passes as it is', async () => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const client = await connectClient(proxy.port);
  await client.write(handshake('/v1/realtime', KEY_LINE));
  await (await upstream.request()).answer(200, 'hello');
  expect(await client.answer()).toMatchObject({ status: 200, text: 'hello' });
});
