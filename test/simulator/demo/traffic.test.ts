import http from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { runDemoTraffic } from '../../../src/simulator/index.js';
import { waitFor } from '../../helpers/wait-for.js';
import { simulated } from '../simulated.js';

const { simulator } = simulated();
let relay: http.Server | undefined;
afterEach(() => {
  relay?.closeAllConnections();
  relay?.close();
});

/** As little of a proxy as will do: it puts the credentials in. */
async function startRelay(): Promise<string> {
  const { url, upstreamToken, projectId } = simulator();
  relay = http.createServer((request, response) => {
    const { host: _host, connection: _connection, 'x-api-key': _key, ...headers } = request.headers;
    const credentials = { authorization: `Bearer ${upstreamToken}`, 'meshagent-project-id': projectId };
    const upstream = http.request(
      url + request.url,
      { method: request.method, headers: { ...headers, ...credentials } },
      (incoming) => {
        response.writeHead(incoming.statusCode ?? 502, incoming.headers);
        incoming.on('error', () => response.destroy());
        incoming.pipe(response);
      },
    );
    response.on('close', () => upstream.destroy());
    upstream.on('error', () => response.destroy());
    request.pipe(upstream);
  });
  await new Promise<void>((resolve) => relay?.listen(0, '127.0.0.1', resolve));
  const { port } = relay.address() as import('node:net').AddressInfo;
  return `http://127.0.0.1:${port}`;
}

test('a day of traffic begins at once, is billed, and ends at once', async () => {
  const stop = runDemoTraffic(await startRelay(), 'local');
  await waitFor(() => simulator().billed.length > 0, 'something billed');
  stop();
  await waitFor(() => simulator().requests.every((record) => record.endedAt !== undefined), 'all of it to end');
  for (const record of simulator().requests) {
    expect(record.headers['user-agent']).toMatch(/claude|codex|OpenAI|langchain|curl/);
    expect(record.target).not.toContain('local');
  }
});

test('a proxy that is not there does no harm', async () => {
  const stop = runDemoTraffic('http://127.0.0.1:1', 'local');
  await new Promise((resolve) => setImmediate(resolve));
  stop();
});
