import { expect, test } from 'vitest';
import { chat, createSignedInHome, runMeshbar, startMeshbar } from '../helpers/terminal.js';

test('status tells how the proxy does, and what it adds to a request once there was one', async () => {
  const { env, simulator } = await createSignedInHome();
  const meshbar = startMeshbar(['proxy', '--port', '0', '--bearer', 'local-key'], env);
  const url = await meshbar.url();
  const before = (await runMeshbar(['status'], env)).stdout;
  expect(before).toMatch(/\nrequests {2}0 in flight\noverhead {2}\d+ MiB/);
  expect(before).not.toContain('(p50)');

  await (await chat({ url, key: 'local-key' })).text();
  const held = await chat({ url, key: 'local-key', plan: 'events=2;fault=stall;at=mid' });
  const { code, stdout } = await runMeshbar(['status'], env);
  expect(code).toBe(0);
  expect(stdout).toContain(`is running on ${url} for project ${simulator.projectId}\n`);
  expect(stdout).toMatch(/\nprocess {3}\d+, since \d\d:\d\d:\d\d \(\S+ m?s\)\n/);
  expect(stdout).toMatch(/\nrequests {2}1 in flight\n/);
  expect(stdout).toMatch(/\noverhead {2}adds \S+ ms \(p50\), \S+ ms \(p95\) over the last hour; \d+ MiB/);

  const json = await runMeshbar(['status', '--json'], env);
  expect(JSON.parse(json.stdout)).toMatchObject({
    running: true,
    url,
    pid: meshbar.child.pid,
    inFlight: 1,
    session: 'environment',
    overhead: { added: { requests: 2 } },
  });
  expect(stdout + json.stdout).not.toContain('local-key');
  await held.body?.cancel();
});
