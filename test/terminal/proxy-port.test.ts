import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { createSignedInHome, runMeshbar, startMeshbar } from '../helpers/terminal.js';

test('a port that a Meshbar has is kept apart', async () => {
  const { env } = await createSignedInHome();
  const first = startMeshbar(['proxy', '--port', '0', '--bearer', 'k'], env);
  const { port } = new URL(await first.url());
  const { code, stdout, stderr } = await runMeshbar(['proxy', '--port', port, '--bearer', 'k'], env);
  expect(code).toBe(1);
  expect(stdout).toBe('');
  expect(stderr).toMatch(
    new RegExp(`^meshbar: Meshbar \\d\\S+ is already running on port ${port}\\. .*meshbar env.*\\n$`),
  );
});

test('a port that another program has: how to choose another', async () => {
  const server = http.createServer((_request, response) => response.end('hello')).listen(0, '127.0.0.1');
  onTestFinished(() => {
    server.close();
  });
  await new Promise((resolve) => server.once('listening', resolve));
  const port = String((server.address() as AddressInfo).port);
  const { env } = await createSignedInHome();
  const { code, stderr } = await runMeshbar(['proxy', '--port', port, '--bearer', 'k'], env);
  expect(code).toBe(1);
  expect(stderr).toMatch(new RegExp(`^meshbar: Port ${port} is taken by another program\\. .*--port.*\\n$`));
});

test('an address that this machine does not have', async () => {
  const { env } = await createSignedInHome();
  const { code, stderr } = await runMeshbar(['proxy', '--port', '0', '--bearer', 'k', '--host', '192.0.2.1'], env);
  expect(code).toBe(1);
  expect(stderr).toMatch(/^meshbar: The proxy can’t listen on 192\.0\.2\.1:0 \(EADDRNOTAVAIL\)\. .*--host.*\n$/);
});
