/**
 * Threat: a tool, or what talks to it, sends fields of its own to bill another project or to act as somebody else:
 * ours a second time, in another case, with underscores (which gateways in the manner of CGI read as hyphens), or
 * named in Connection so that a proxy strips its own. Upstream must see ours once, and only ours.
 */
import { expect, test } from 'vitest';
import { connectClient } from '../helpers/raw-client.js';
import { startRawUpstream } from '../helpers/raw-upstream.js';
import { accessTo, KEY_LINE, PROJECT_ID, startProxy, UPSTREAM_TOKEN } from '../helpers/start-proxy.js';

test.each([
  ['the project', ['Meshagent-Project-Id: other']],
  ['the project in lower case', ['meshagent-project-id: other']],
  ['the project with underscores', ['Meshagent_Project_Id: other', 'MESHAGENT_PROJECT-ID: other']],
  ['the project twice', ['Meshagent-Project-Id: other', 'Meshagent-Project-Id: other']],
  ['the project named in Connection', ['Connection: Meshagent-Project-Id', 'Meshagent-Project-Id: other']],
  ['ours named in Connection', ['Connection: authorization, meshagent-project-id, host']],
  [
    'ours named in a Connection of several',
    ['Connection: keep-alive', 'Connection: Authorization,Meshagent-Project-Id'],
  ],
  ['the token', ['Authorization: Bearer other']],
  ['the token with an underscore', ['AUTHORIZATION_: Bearer other', 'authorization_: other']],
  ['the token as a key', ['X_API_KEY: other', 'x-api_key: other']],
  ['the Host', ['Host_: other.example']],
])('%s', async (_name, lines) => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const client = await connectClient(proxy.port);
  await client.write(['GET /v1/models HTTP/1.1', 'Host: 127.0.0.1', KEY_LINE, ...lines, '', ''].join('\r\n'));
  const request = await upstream.request();
  const named = (pattern: RegExp) =>
    request.fields.filter(([name]) => pattern.test(name.toLowerCase().replaceAll('_', '-'))).map(([, value]) => value);
  expect(named(/^meshagent-project-id$/)).toEqual([PROJECT_ID]);
  expect(named(/^authorization$/)).toEqual([`Bearer ${UPSTREAM_TOKEN}`]);
  expect(named(/^(?:x-)?api-key$/)).toEqual([]);
  expect(named(/^host$/)).toEqual([`127.0.0.1:${upstream.port}`]);
  await request.answer(200);
  await client.answer();
});

test('an annotation is the client’s to set', async () => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const client = await connectClient(proxy.port);
  const line = 'X-Meshagent-Annotation-Team: red';
  await client.write(['GET /v1/models HTTP/1.1', 'Host: 127.0.0.1', KEY_LINE, line, '', ''].join('\r\n'));
  const request = await upstream.request();
  expect(request.field('x-meshagent-annotation-team')).toBe('red');
  await request.answer(200);
  await client.answer();
});

test.each([
  ['the token', { upstreamToken: 'token\r\nX-Other: 1' }],
  ['the project', { projectId: 'prj\nX-Other: 1' }],
  ['the token beyond latin1', { upstreamToken: 'tok\u0119n' }],
])('a session that holds a line break or the like in %s adds no field: nothing is sent', async (_name, broken) => {
  const upstream = await startRawUpstream();
  const access = { ...accessTo(upstream), ...broken };
  const proxy = await startProxy({ upstream, upstreamAccess: { access: () => access } });
  const client = await connectClient(proxy.port);
  await client.write(`GET /v1/models HTTP/1.1\r\nHost: 127.0.0.1\r\n${KEY_LINE}\r\n\r\n`);
  const answer = await client.answer();
  expect(answer.status).toBe(400);
  expect(answer.text).not.toMatch(/tok|prj|X-Other/);
  expect(upstream.connections).toHaveLength(0);
});
