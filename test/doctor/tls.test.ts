/** Who reads along between here and MeshAgent: seen by the built command, since trust is set before a process starts. */

import { X509Certificate } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { rootCertificates } from 'node:tls';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { trustOf } from '../../src/doctor/trust.js';
import type { Finding } from '../../src/shared/doctor.js';
import { type Authority, createAuthority } from '../helpers/certificates.js';
import { startCorporateProxy } from '../helpers/corporate-proxy.js';
import { createPatient, shown, theOne } from '../helpers/doctor.js';
import { tempFolder } from '../helpers/temp-folder.js';
import { createHome, runMeshbar } from '../helpers/terminal.js';
import { startTlsUpstream } from '../helpers/tls-upstream.js';

// Several commands are started one after another, maybe on a busy machine.
vi.setConfig({ testTimeout: 90_000 });

let authority: Authority;

beforeAll(async () => {
  authority = await createAuthority();
});
afterAll(() => authority.remove());

async function examine(url: string, env: Record<string, string> = {}): Promise<Finding[]> {
  const { stdout } = await runMeshbar(['doctor', '--json'], { ...createHome().env, MESHAGENT_API_URL: url, ...env });
  return JSON.parse(stdout).findings;
}

test('a certificate of an authority that nobody knows is named; nothing is sent to who shows it', async () => {
  const upstream = await startTlsUpstream(await authority.issue('IP:127.0.0.1'));
  const findings = await examine(upstream.url, { MESHAGENT_TOKEN: 'opaque-token', MESHAGENT_PROJECT_ID: 'prj_1' });
  const found = theOne(findings, 'tls.untrusted');
  expect(found.status).toBe('problem');
  expect(found.title).toBe('MeshAgent’s certificate is from Test CA, and is not accepted.');
  expect(found.details).toEqual(['server, by Test CA', 'Test CA, by itself'].slice(0, found.details.length));
  expect(shown(findings, 'upstream')).toEqual([]);
  expect(upstream.requests).toEqual([]);
});

test('one that only NODE_EXTRA_CA_CERTS trusts, and one that only the system trusts', async () => {
  const upstream = await startTlsUpstream(await authority.issue('IP:127.0.0.1'));
  const extra = await examine(upstream.url, { NODE_EXTRA_CA_CERTS: authority.file });
  expect(theOne(extra, 'tls.intercepted').title).toBe(
    'MeshAgent’s certificate is from Test CA, which only NODE_EXTRA_CA_CERTS trusts.',
  );
  expect(theOne(extra, 'upstream.reachable').title).toMatch(/TLS \S+ m?s/);

  // Where OpenSSL finds the system's certificates on Linux and the BSDs.
  if (process.platform !== 'linux') return;
  const bundle = path.join(tempFolder(), 'system.pem');
  writeFileSync(bundle, readFileSync(authority.file));
  const system = await examine(upstream.url, { SSL_CERT_FILE: bundle });
  expect(theOne(system, 'tls.intercepted').title).toContain('which only this system trusts');
});

test('one that has ended', async () => {
  const upstream = await startTlsUpstream(await authority.issue('IP:127.0.0.1', -1));
  const found = theOne(await examine(upstream.url, { NODE_EXTRA_CA_CERTS: authority.file }), 'tls.untrusted');
  expect(found.meaning).toContain('CERT_HAS_EXPIRED');
  expect(found.remedy?.text).toContain('check the clock');
});

test('the same by way of a corporate proxy', async () => {
  const proxy = await startCorporateProxy();
  const upstream = await startTlsUpstream(await authority.issue('DNS:upstream.example'));
  const env = { NODE_EXTRA_CA_CERTS: authority.file, HTTPS_PROXY: `http://127.0.0.1:${proxy.port}` };
  const findings = await examine(`https://upstream.example:${upstream.port}`, env);
  expect(shown(findings, 'tls')).toEqual(['warning tls.intercepted']);
  expect(theOne(findings, 'upstream.reachable').details[1]).toBe(`By way of the proxy http://127.0.0.1:${proxy.port}`);
});

test('the check of certificates switched off', async () => {
  const patient = await createPatient();
  const config = { apiUrl: 'http://127.0.0.1:9' };
  const env = { NODE_TLS_REJECT_UNAUTHORIZED: '0' };
  expect(shown(await patient.examine({ config, env }), 'tls')).toEqual([
    'problem tls.unverified',
    'skipped tls.unchecked',
  ]);
  expect(shown(await patient.examine({ config }), 'tls')).toEqual(['skipped tls.unchecked']);
});

test('an authority that comes with Node is public, also where the system or a company lists it too', () => {
  const [pem = ''] = rootCertificates;
  const { fingerprint256 } = new X509Certificate(pem);
  const chain = [{ subject: 'a', issuer: 'b', fingerprint256 }];
  expect(trustOf(chain, { bundled: rootCertificates, extra: [pem] })).toBe('public');
  expect(trustOf(chain, { bundled: rootCertificates.slice(1), extra: [pem] })).toBe('extra');
  expect(trustOf(chain, { bundled: rootCertificates.slice(1), extra: [] })).toBe('system');
});
