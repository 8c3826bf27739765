import { expect, test } from 'vitest';
import { createAuthority } from '../helpers/certificates.js';
import { startCorporateProxy } from '../helpers/corporate-proxy.js';
import { startOtlpReceiver } from '../helpers/otlp-receiver.js';
import { parsePrometheus, sumOf } from '../helpers/prometheus-text.js';
import { chat, createSignedInHome, type Meshbar, runMeshbar, startMeshbar } from '../helpers/terminal.js';
import { waitFor } from '../helpers/wait-for.js';

const ARGS = ['proxy', '--no-tui', '--port', '0', '--bearer', 'sesame-open'];

async function talkAndStop(meshbar: Meshbar): Promise<void> {
  const url = await meshbar.url();
  await (await chat({ url, key: 'sesame-open' })).text();
  await meshbar.says(/ 200 complete /);
  meshbar.kill('SIGINT');
  expect((await meshbar.ended).code).toBe(0);
}

test('--metrics: says where, and Prometheus can read it', async () => {
  const { env } = await createSignedInHome();
  const meshbar = startMeshbar([...ARGS, '--metrics'], env);
  const url = await meshbar.url();
  expect(meshbar.stdout).toContain(`# Metrics for Prometheus: ${url}/metrics, with the local key.\n`);
  await (await chat({ url, key: 'sesame-open' })).text();
  const families = await waitFor(async () => {
    const answer = await fetch(`${url}/metrics`, { headers: { authorization: 'Bearer sesame-open' } });
    const read = parsePrometheus(await answer.text());
    return read.has('meshbar_cost_estimated_usd_total') && read;
  }, 'the cost');
  expect(sumOf(families, 'meshbar_exchanges_total', { meshbar_tool: 'curl', meshbar_outcome: 'complete' })).toBe(1);
});

test('--otlp without an address: the standard variables count, and no key of theirs is said', async () => {
  const receiver = await startOtlpReceiver();
  const { env } = await createSignedInHome();
  const meshbar = startMeshbar([...ARGS, '--otlp'], {
    ...env,
    OTEL_EXPORTER_OTLP_ENDPOINT: `${receiver.url}/base`,
    OTEL_EXPORTER_OTLP_HEADERS: 'x-collector-key=hush%20hush',
    OTEL_EXPORTER_OTLP_COMPRESSION: 'gzip',
    OTEL_RESOURCE_ATTRIBUTES: 'team=blue',
  });
  await talkAndStop(meshbar);
  expect(receiver.requests.map(({ path }) => path).sort()).toEqual(['/base/v1/metrics', '/base/v1/traces']);
  expect(receiver.requests.map(({ headers }) => headers['x-collector-key'])).toEqual(['hush hush', 'hush hush']);
  expect(receiver.spans.map(({ name }) => name)).toEqual(['chat gpt-5.4']);
  expect(receiver.points('meshbar.cost.estimated_usd')).toHaveLength(2);
  expect(receiver.resource).toMatchObject({ 'service.name': 'meshbar', team: 'blue' });
  expect(meshbar.said).not.toContain('hush');
  expect(meshbar.stderr).toBe('');
});

test('without --otlp the variables mean nothing: nothing is sent, nothing said, whatever they hold', async () => {
  const receiver = await startOtlpReceiver();
  const { env } = await createSignedInHome();
  const meshbar = startMeshbar(ARGS, {
    ...env,
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
    OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc',
    OTEL_EXPORTER_OTLP_HEADERS: 'no pairs',
  });
  await talkAndStop(meshbar);
  expect(receiver.requests).toEqual([]);
  expect(meshbar.stderr).toBe('');
  expect(meshbar.stdout).not.toMatch(/Metrics|OTLP/);
});

test('wrong variables are usage errors, without what they hold', async () => {
  const { env } = await createSignedInHome();
  const { code, stderr } = await runMeshbar([...ARGS, '--otlp'], {
    ...env,
    OTEL_EXPORTER_OTLP_HEADERS: 'Bearer secret-of-mine',
  });
  expect(code).toBe(2);
  expect(stderr).toMatch(/^meshbar: OTEL_EXPORTER_OTLP_HEADERS is not a list of name=value pairs\. [^\n]+\n$/);
  expect(stderr).not.toContain('secret-of-mine');
});

test('a collector beyond a corporate proxy is reached through its tunnel, certificates checked', async () => {
  const authority = await createAuthority();
  const receiver = await startOtlpReceiver(await authority.issue('DNS:collector.invalid'));
  const corporate = await startCorporateProxy();
  const { env } = await createSignedInHome();
  const meshbar = startMeshbar([...ARGS, '--otlp', `https://collector.invalid:${receiver.port}`], {
    ...env,
    HTTPS_PROXY: `http://127.0.0.1:${corporate.port}`,
    NODE_EXTRA_CA_CERTS: authority.file,
  });
  await talkAndStop(meshbar);
  expect(new Set(corporate.tunnels)).toEqual(new Set([`collector.invalid:${receiver.port}`]));
  expect(receiver.spans).toHaveLength(1);
  expect(receiver.points('meshbar.exchanges')).toHaveLength(1);
  expect(meshbar.stderr).toBe('');
  await authority.remove();
});
