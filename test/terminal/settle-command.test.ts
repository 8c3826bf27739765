import { expect, test } from 'vitest';
import { runHere } from '../helpers/command-here.js';
import type { Ended } from '../helpers/terminal.js';
import { chat, createSignedInHome, runMeshbar, startMeshbar } from '../helpers/terminal.js';
import { waitFor } from '../helpers/wait-for.js';

const CUT = 'input=1000;output=100;fault=reset;at=mid';

/** A ledger with one exchange for each plan, made by a proxy with these options; and the command on it. */
async function afterTraffic(plans: readonly string[], options: readonly string[] = ['--settle']) {
  const { env, simulator } = await createSignedInHome();
  const proxy = startMeshbar(['proxy', '--json', '--port', '0', '--bearer', 'key', ...options], env);
  const url = await proxy.url();
  for (const plan of plans) {
    const answer = await chat({ url, key: 'key', plan });
    await answer.text().catch(() => {});
  }
  await waitFor(
    () => proxy.stdout.split('\n').filter((line) => line.startsWith('{')).length === plans.length,
    'records',
  );
  proxy.kill('SIGTERM');
  await proxy.ended;
  const settle = (...args: string[]): Promise<Ended> => runMeshbar(['usage', 'settle', ...args], env);
  const settleHere = (...args: string[]): Promise<Ended> => runHere(['usage', 'settle', ...args], env);
  const json = async (...args: string[]) =>
    JSON.parse((await settleHere('--older-than', '0s', '--json', ...args)).stdout);
  return { env, simulator, settle, settleHere, json };
}

test('what was cut costs what was billed; a dry run only says so', async () => {
  const { env, simulator, settle, json } = await afterTraffic([CUT, 'input=1000;output=100', CUT]);
  const bills = simulator.billed.filter(({ outcome }) => outcome === 'interrupted');
  const after = {
    costNanoUsd: bills.reduce((sum, { costUsd }) => sum + Math.round(costUsd * 1e9), 0),
    surchargeNanoUsd: bills.reduce((sum, { surchargeUsd }) => sum + Math.round(surchargeUsd * 1e9), 0),
  };
  const before = { costNanoUsd: 0, surchargeNanoUsd: 0 };
  const wanted = { unsure: 2, tooRecent: 0, settled: 2, withoutBill: 0, inseparable: 0, before, after };
  expect(await json('--dry-run')).toEqual({ ...wanted, dryRun: true });
  const usage = async () => (await runHere(['usage'], env)).stdout;
  expect(await usage()).toContain('≥');
  // By itself it leaves bills their time.
  expect((await settle()).stdout).toBe(
    '0 of 0 requests of uncertain cost were settled. 2 ended too recently to be asked about (--older-than).\n',
  );
  expect(await json()).toEqual({ ...wanted, dryRun: false });
  expect(await usage()).not.toContain('≥');
  expect(await json()).toMatchObject({ unsure: 0, settled: 0 });
  const csv = (await runMeshbar(['usage', 'export'], env)).stdout.split('\r\n');
  const standings = csv.slice(1, -1).map((line) => line.split(',')[csv[0]?.split(',').indexOf('standing') as number]);
  expect(standings.toSorted()).toEqual(['billed', 'billed', 'measured']);
}, 30_000);

test('what it did is said in a line; what has no bill stays as it was', async () => {
  // The last one is sent twice and refused: it may have cost something, and did not.
  const { settle, settleHere } = await afterTraffic([CUT, 'fault=stale', 'status=400']);
  const { stdout, code } = await settle('--older-than', '0s', '--since', '1h');
  expect(stdout).toMatch(
    /^1 of 2 requests of uncertain cost were settled\. Seen of them: \$0\.\d*; billed: \$0\.\d+, with the surcharge\. 1 without a bill\.\n$/,
  );
  expect(code).toBe(0);
  expect((await settleHere('--older-than', '0s')).stdout).toBe(
    '0 of 1 request of uncertain cost was settled. 1 without a bill.\n',
  );
}, 30_000);

test('requests without a label are not asked about', async () => {
  const { simulator, settle } = await afterTraffic([CUT], []);
  expect((await settle('--older-than', '0s')).stdout).toContain('No labelled request has an uncertain cost.');
  expect(simulator.requests.filter(({ path }) => path.includes('/usage'))).toEqual([]);
}, 30_000);

test('who may not see what was billed is told, and nothing is changed', async () => {
  const { simulator, settle, json } = await afterTraffic([CUT, CUT]);
  simulator.setProject({ id: 'prj_simulated', usageReadable: false });
  const refused = await settle('--older-than', '0s');
  expect(refused).toMatchObject({ code: 1, stdout: '' });
  expect(refused.stderr).toBe('meshbar: MeshAgent does not let you see this.\n');
  simulator.setProject({ id: 'prj_simulated', usageReadable: true });
  expect(await json()).toMatchObject({ unsure: 2, settled: 2 });
}, 30_000);

test('without a ledger nothing is asked; a time that is none is refused', async () => {
  const { env } = await createSignedInHome();
  expect((await runMeshbar(['usage', 'settle'], env)).stdout).toContain('No labelled request has an uncertain cost.');
  const refused = await runHere(['usage', 'settle', '--older-than', 'soon'], env);
  expect(refused.code).toBe(2);
  expect(refused.stderr).toContain('It must be a time such as 30s, 5m, 2h or 1d.');
});
