import { expect, test } from 'vitest';
import { addOwnFields, bodyFields, clientResponseHeaders, passedRequestFields } from '../../src/proxy/headers.js';

const credentials = { upstreamToken: 'UP', projectId: 'prj' };
const toUpstream = (...raw: string[]) => {
  const fields = passedRequestFields(raw);
  addOwnFields(fields, raw, credentials);
  return fields;
};

test('end-to-end fields pass in their order and spelling', () => {
  expect(
    toUpstream(
      'anthropic-beta',
      'a',
      'OpenAI-Organization',
      'o',
      'Idempotency-Key',
      'k',
      'X-Twice',
      '1',
      'X-Twice',
      '2',
    ),
  ).toEqual([
    'anthropic-beta',
    'a',
    'OpenAI-Organization',
    'o',
    'Idempotency-Key',
    'k',
    'X-Twice',
    '1',
    'X-Twice',
    '2',
    'Authorization',
    'Bearer UP',
    'Meshagent-Project-Id',
    'prj',
  ]);
});

test.each([
  ['Host', 'evil'],
  ['Authorization', 'Bearer LOCAL'],
  ['x-api-key', 'LOCAL'],
  ['Meshagent-Project-Id', 'other'],
  ['meshagent_project_id', 'other'],
  ['Connection', 'keep-alive'],
  ['Transfer-Encoding', 'chunked'],
  ['TE', 'trailers'],
  ['Upgrade', 'h2c'],
  ['Proxy-Authorization', 'Basic x'],
  ['Expect', '100-continue'],
])('a client can not send %s: %s upstream', (name, value) => {
  expect(toUpstream(name, value)).toEqual(['Authorization', 'Bearer UP', 'Meshagent-Project-Id', 'prj']);
});

const STOPPED =
  'connection keep-alive proxy-authenticate proxy-authentication-info proxy-authorization proxy-connection te trailer ' +
  'transfer-encoding upgrade http2-settings host authorization x-api-key api-key meshagent-project-id expect ' +
  'content-length sec-websocket-key sec-websocket-version sec-websocket-extensions sec-websocket-protocol ' +
  'sec-websocket-accept';

test.each(STOPPED.split(' '))('no spelling of %s goes upstream', (name) => {
  const capitals = name.replace(/(?<![a-z])[a-z]/g, (letter) => letter.toUpperCase());
  for (const spelling of [name, name.toUpperCase(), capitals]) expect(toUpstream(spelling, '1')).toEqual(toUpstream());
});

test.each(['authorizatiom', 'trailep', 'connectio', 'x-api-kez', 'h'.repeat(40), '~', 'Ünknown'])(
  'a field that only looks like one of them passes: %s',
  (name) => {
    expect(toUpstream(name, '1')).toEqual([name, '1', ...toUpstream()]);
  },
);

test('fields named by Connection end here, ours do not', () => {
  expect(
    toUpstream('Connection', 'X-Private, Authorization, meshagent-project-id', 'X-Private', '1', 'X-Kept', '2'),
  ).toEqual(['X-Kept', '2', 'Authorization', 'Bearer UP', 'Meshagent-Project-Id', 'prj']);
});

test('cookies of a browser stay here, those of a tool pass', () => {
  expect(toUpstream('Cookie', 'a=b')).toContain('Cookie');
  expect(toUpstream('Origin', 'http://localhost:3000', 'Cookie', 'a=b')).not.toContain('Cookie');
});

test('answers lose their hop-by-hop fields and nothing else', () => {
  expect(
    clientResponseHeaders([
      'retry-after',
      '3',
      'Connection',
      'close, X-Hop',
      'X-Hop',
      '1',
      'Set-Cookie',
      'a',
      'Set-Cookie',
      'b',
      'Transfer-Encoding',
      'chunked',
      'content-encoding',
      'zstd',
    ]),
  ).toEqual(['retry-after', '3', 'Set-Cookie', 'a', 'Set-Cookie', 'b', 'content-encoding', 'zstd']);
});

test('of two types of a body the first counts, and its codings are joined', () => {
  expect(
    bodyFields([
      'Content-Type',
      'a/b',
      'X',
      'y',
      'CONTENT-ENCODING',
      'gzip',
      'content-type',
      'c/d',
      'content-encoding',
      'br',
    ]),
  ).toEqual({ 'content-type': 'a/b', 'content-encoding': 'gzip, br' });
  expect(bodyFields(['Content-Length', '3'])).toEqual({});
});
