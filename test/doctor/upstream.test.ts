import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import { startCorporateProxy } from '../helpers/corporate-proxy.js';
import { createPatient, freePort, type Patient, shown, theOne } from '../helpers/doctor.js';

afterEach(() => {
  vi.unstubAllEnvs();
});

interface Upstream {
  readonly url: string;
  readonly seen: string[];
  status: number;
  /** Milliseconds that its clock is ahead, and that it takes to answer. */
  aheadMs: number;
  delayMs: number;
  stop(): Promise<void>;
}

/** Answers every request with a status, and dates the answer by a clock of its own. */
async function startUpstream(): Promise<Upstream> {
  const server = http.createServer((request, response) => {
    upstream.seen.push(`${request.method} ${request.url} ${request.headers.authorization}`);
    const answer = () => {
      const date = new Date(Date.now() + upstream.aheadMs).toUTCString();
      response.writeHead(upstream.status, { Date: date }).end('{}');
    };
    setTimeout(answer, request.url === '/' ? upstream.delayMs : 0);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const stop = () =>
    new Promise<void>((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    });
  onTestFinished(stop);
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const upstream: Upstream = { url, seen: [], status: 404, aheadMs: 0, delayMs: 0, stop };
  return upstream;
}

const find = async (patient: Patient, url: string, check: string) =>
  shown(await patient.examine({ config: { apiUrl: url } }), check);

test('MeshAgent answers, and each step of the way is told; no token goes along', async () => {
  const patient = await createPatient();
  const upstream = await startUpstream();
  const env = { MESHAGENT_TOKEN: 'opaque-token' };
  const byAddress = await patient.examine({ config: { apiUrl: upstream.url }, env });
  expect(theOne(byAddress, 'upstream.reachable').title).toMatch(
    /^MeshAgent answers after \S+ m?s: TCP \S+ m?s, first byte \S+ m?s\.$/,
  );
  const named = upstream.url.replace('127.0.0.1', 'localhost');
  expect(theOne(await patient.examine({ config: { apiUrl: named } }), 'upstream.reachable').title).toMatch(
    /: DNS \S+ m?s, TCP \S+ m?s, first byte/,
  );
  expect(upstream.seen.filter((line) => line.startsWith('GET / '))).toEqual(['GET / undefined', 'GET / undefined']);
});

test('nobody listens there, then somebody does', async () => {
  const patient = await createPatient();
  const upstream = await startUpstream();
  await upstream.stop();
  const found = theOne(await patient.examine({ config: { apiUrl: upstream.url } }), 'upstream.unreachable');
  expect([found.status, found.details[1]]).toEqual(['problem', 'What failed: upstream_refused']);
  expect(await find(patient, (await startUpstream()).url, 'upstream')).toEqual(['ok upstream.reachable']);
});

test('a name that leads nowhere', async () => {
  const patient = await createPatient();
  vi.stubEnv('HTTPS_PROXY', '');
  vi.stubEnv('https_proxy', '');
  const found = await patient.examine({ config: { apiUrl: 'https://nowhere.invalid' } });
  expect(theOne(found, 'upstream.unreachable').title).toContain('nowhere.invalid can');
  expect([...shown(found, 'tls'), ...shown(found, 'clock')]).toEqual([
    'skipped tls.unchecked',
    'skipped clock.unchecked',
  ]);
});

test('an address that is none, and one that would send the session in the clear', async () => {
  const patient = await createPatient();
  expect(await find(patient, 'meshagent', 'upstream')).toEqual(['problem upstream.no_address']);
  expect(await find(patient, 'http://example.com', 'upstream')).toEqual(['problem upstream.no_address']);
});

test('a corporate proxy that is down is named, without its password', async () => {
  const patient = await createPatient();
  vi.stubEnv('HTTPS_PROXY', `http://ada:opaque-password@127.0.0.1:${await freePort()}`);
  vi.stubEnv('NO_PROXY', '');
  const config = { apiUrl: 'https://upstream.example' };
  const found = theOne(await patient.examine({ config }), 'upstream.unreachable');
  expect(found.title).toContain('The corporate proxy 127.0.0.1:');
  expect(found.details[1]).toMatch(/^By way of the proxy http:\/\/127\.0\.0\.1:\d+$/);
  expect(JSON.stringify(found)).not.toContain('opaque-password');
  const proxy = await startCorporateProxy();
  proxy.refuseWith = 'HTTP/1.1 407 No\r\nContent-Length: 0\r\n\r\n';
  vi.stubEnv('HTTPS_PROXY', `http://127.0.0.1:${proxy.port}`);
  expect(theOne(await patient.examine({ config }), 'upstream.unreachable').title).toContain('(status 407)');
});

test('a gateway that fails, and a way that is slow', async () => {
  const patient = await createPatient();
  const upstream = await startUpstream();
  upstream.status = 503;
  expect(await find(patient, upstream.url, 'upstream')).toEqual(['warning upstream.failing']);
  upstream.status = 200;
  upstream.delayMs = 2100;
  const found = theOne(await patient.examine({ config: { apiUrl: upstream.url } }), 'upstream.slow');
  expect(found.meaning).toMatch(/first byte \d\.\d s/);
  upstream.delayMs = 0;
  expect(await find(patient, upstream.url, 'upstream')).toEqual(['ok upstream.reachable']);
});

test('a clock that is wrong, by how much, and right again', async () => {
  const patient = await createPatient();
  const upstream = await startUpstream();
  const clock = async (aheadMs: number) => {
    upstream.aheadMs = aheadMs;
    const findings = await patient.examine({ config: { apiUrl: upstream.url } });
    return findings.filter(({ id }) => id.startsWith('clock.')).map(({ status, title }) => `${status}: ${title}`);
  };
  expect(await clock(0)).toEqual(['ok: The clock of this machine is right.']);
  const [behind] = await clock(10 * 60_000);
  expect(behind).toMatch(/^problem: The clock of this machine is (?:10 min \d+ s|9 min 5\d s) behind\.$/);
  const [ahead] = await clock(-60_000);
  expect(ahead).toMatch(/^warning: The clock of this machine is (?:1 min \d+ s|59\.\d s) ahead\.$/);
  expect(await clock(1000)).toEqual(['ok: The clock of this machine is right.']);
});
