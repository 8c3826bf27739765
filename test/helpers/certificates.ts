import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

export interface Authority {
  /** PEM of the authority's own certificate. */
  readonly cert: string;
  /** File that holds it. */
  readonly file: string;
  /** The key to its own certificate, which is self-signed. */
  key(): Promise<string>;
  /** For a server of these names, such as "IP:127.0.0.1"; `days` may be negative: expired. */
  issue(subjectAltName: string, days?: number): Promise<Certificate>;
  remove(): Promise<void>;
}

const EC_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

/** A certificate authority nobody knows, made with openssl in a folder of its own. */
export async function createAuthority(): Promise<Authority> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'meshbar-ca-'));
  const read = (name: string) => readFile(path.join(folder, name), 'utf8');
  const openssl = (...args: string[]) => run('openssl', args, { cwd: folder });
  await openssl('req', '-x509', ...EC_KEY, '-keyout', 'ca.key', '-out', 'ca.pem', '-days', '2', '-subj', '/CN=Test CA');
  let issued = 0;
  return {
    cert: await read('ca.pem'),
    file: path.join(folder, 'ca.pem'),
    key: () => read('ca.key'),
    async issue(subjectAltName, days = 2) {
      issued += 1;
      const name = `server-${issued}`;
      await writeFile(path.join(folder, `${name}.ext`), `subjectAltName=${subjectAltName}\n`);
      await openssl('req', ...EC_KEY, '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', '/CN=server');
      const signing = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-extfile', `${name}.ext`];
      await openssl('x509', '-req', '-in', `${name}.csr`, '-out', `${name}.pem`, '-days', `${days}`, ...signing);
      return { cert: await read(`${name}.pem`), key: await read(`${name}.key`) };
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
