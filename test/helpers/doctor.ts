import { mkdirSync, writeFileSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import net, { type AddressInfo } from 'node:net';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { onTestFinished } from 'vitest';
import type { Found } from '../../src/doctor/check.js';
import type { DoctorContext } from '../../src/doctor/context.js';
import { type DoctorOptions, runDoctor } from '../../src/doctor/doctor.js';
import { findingText } from '../../src/doctor/finding-text.js';
import { DEFAULT_CONFIG, type ProxyConfig } from '../../src/settings/config.js';
import { meshbarPaths } from '../../src/settings/paths.js';
import type { Finding } from '../../src/shared/doctor.js';
import { tempFolder } from './temp-folder.js';

/** Built before the tests run: a thread can't be started from TypeScript. */
const LEDGER_CHECK_WORKER = pathToFileURL(
  path.resolve(import.meta.dirname, '../../out/terminal/ledger-check-worker.js'),
);

export interface Patient {
  readonly home: string;
  /** MESHBAR_HOME of `createTestEngine(upstream, config, home)`. */
  readonly meshbarHome: string;
  readonly context: DoctorContext;
  /** What the doctor finds now, in the terminal's words; `env` is all there is of an environment. */
  examine(
    changes?: Partial<Omit<DoctorContext, 'config'>> &
      Omit<DoctorOptions, 'onFinding'> & {
        config?: Partial<ProxyConfig>;
        onFinding?: (finding: Finding) => void;
      },
  ): Promise<Finding[]>;
  /** Writes a file below the home folder. */
  write(name: string, text: string, mode?: number): string;
  read(name: string): Promise<string>;
  remove(name: string): Promise<void>;
}

/** Nobody listens there: a test must not reach the real service. */
export const NOWHERE = 'http://127.0.0.1:9';

/**
 * A user's home folder for the doctor to look at, empty. Nothing listens at the port of its config, nor at `apiUrl`;
 * empty: where the settings in that home say.
 */
export async function createPatient(apiUrl = NOWHERE): Promise<Patient> {
  const home = tempFolder();
  const meshbarHome = path.join(home, 'meshbar');
  const port = await freePort();
  const context: DoctorContext = {
    version: '1.2.3-test',
    config: { ...DEFAULT_CONFIG, port, ...(apiUrl === '' ? {} : { apiUrl }) },
    paths: meshbarPaths({ MESHBAR_HOME: meshbarHome }),
    env: {},
    isShell: true,
    homedir: home,
    cwd: path.join(home, 'work'),
    platform: process.platform,
    nodeVersion: process.versions.node,
    ledgerCheckWorker: LEDGER_CHECK_WORKER,
  };
  mkdirSync(context.cwd);
  return {
    home,
    meshbarHome,
    context,
    examine: async ({ config = {}, only, signal, onFinding, ...changes } = {}) => {
      const inWords = (found: Found) => findingText(found, 'terminal');
      const options = { only, signal, onFinding: (found: Found) => onFinding?.(inWords(found)) };
      const found = await runDoctor({ ...context, ...changes, config: { ...context.config, ...config } }, options);
      return found.map(inWords);
    },
    write(name, text, mode = 0o600) {
      const file = path.join(home, name);
      mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
      writeFileSync(file, text, { mode });
      return file;
    },
    read: (name) => readFile(path.join(home, name), 'utf8'),
    remove: (name) => rm(path.join(home, name)),
  };
}

/** The findings of one check, as "status id". */
export function shown(findings: readonly Finding[], check: string): string[] {
  return findings.filter(({ id }) => id.startsWith(`${check}.`)).map(({ id, status }) => `${status} ${id}`);
}

/** The one finding of that id. */
export function theOne(findings: readonly Finding[], id: string): Finding {
  const [first, ...others] = findings.filter((finding) => finding.id === id);
  if (!first || others.length > 0) {
    throw new Error(`${id} is not one of: ${findings.map((finding) => finding.id).join(', ')}`);
  }
  return first;
}

/** Listens for raw connections and hands each one over; closed when the test is over. */
export async function listenRaw(
  onConnection: (socket: net.Socket) => void,
  options: net.ListenOptions = {},
): Promise<{ port: number; close(): Promise<void> }> {
  const sockets = new Set<net.Socket>();
  const server = net.createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    onConnection(socket);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: '127.0.0.1', port: 0, ...options }, resolve);
  });
  const close = () =>
    new Promise<void>((resolve) => {
      for (const socket of sockets) socket.destroy();
      server.close(() => resolve());
    });
  onTestFinished(close);
  return { port: (server.address() as AddressInfo).port, close };
}

export async function freePort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => {
    server.close(resolve);
  });
  return port;
}
