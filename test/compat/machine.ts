import { execFile, spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readlink, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import readline from 'node:readline';
import { afterAll, beforeAll, expect } from 'vitest';
import type { PricedExchange, UsageGroup } from '../../src/shared/usage.js';
import { createSimulator, type RunningSimulator } from '../../src/simulator/index.js';
import type { RequestRecord } from '../../src/simulator/journal.js';
import { MESHBAR } from '../helpers/terminal.js';
import { waitFor } from '../helpers/wait-for.js';

const START_MS = 20_000;
/** Records come in batches. */
const RECORDS_MS = 10_000;

/** The local key that clients show. */
export const LOCAL_KEY = 'local-key-of-the-compat-tests';

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A user's machine: the built command as a process of its own, on folders of its own, and the simulator behind it. */
export interface Machine {
  readonly simulator: RunningSimulator;
  /** Where the proxy listens, such as "http://127.0.0.1:40001". */
  readonly url: string;
  readonly port: number;
  /** Takes the place of the user's own folder. */
  readonly home: string;
  /** What the proxy wrote beside its records. */
  readonly remarks: string;
  /** Records that no test has taken. */
  readonly untaken: readonly PricedExchange[];
  /** The one record of the tool that called itself `name` in its user agent. */
  recordOf(name: string): Promise<PricedExchange>;
  /** The next `count` records of `meshbar proxy --json`, in the order the exchanges ended. */
  take(count: number): Promise<PricedExchange[]>;
  /** Requests to the providers, as they reached the service. */
  forwarded(): RequestRecord[];
  /** What `meshbar usage --json` says. */
  usage(by: 'model' | 'tool' | 'day'): Promise<UsageGroup[]>;
  /** Sockets that the proxy's process holds; undefined where the system does not tell. */
  openSockets(): Promise<number | undefined>;
  /** The service listens again where it did before `simulator.stop()`. */
  restartService(): Promise<void>;
  /** Ends the proxy as Ctrl-C does; gives its exit code. */
  interrupt(): Promise<number | null>;
  /** Ends everything, whatever goes on there. */
  close(): Promise<void>;
}

export interface MachineOptions {
  /** Signed in with a session file instead of by MESHAGENT_TOKEN. */
  readonly session?: boolean;
  /** LOCAL_KEY unless given. */
  readonly localKey?: string;
}

export async function startMachine(options: MachineOptions = {}): Promise<Machine> {
  const home = await mkdtemp(path.join(os.tmpdir(), 'meshbar-compat-'));
  const service = createSimulator();
  let simulator = await service.start();
  const localKey = options.localKey ?? LOCAL_KEY;
  simulator.forbid(localKey);
  const env = bareEnvironment(home);
  if (options.session) await writeSession(home, simulator);
  else Object.assign(env, { MESHAGENT_TOKEN: simulator.upstreamToken, MESHAGENT_PROJECT_ID: simulator.projectId });
  const args = ['proxy', '--no-tui', '--json', '--port', '0', '--bearer', localKey, '--api-url', simulator.url];
  const child = spawn(process.execPath, [MESHBAR, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const untaken: PricedExchange[] = [];
  let remarks = '';
  child.stderr.on('data', (chunk) => {
    remarks += chunk;
  });
  const lines = readline.createInterface({ input: child.stdout });
  lines.on('line', (line) => untaken.push(JSON.parse(line) as PricedExchange));
  const closed = new Promise((resolve) => lines.on('close', resolve));
  const ended = new Promise<number | null>((resolve) => child.on('exit', resolve));
  async function close(): Promise<void> {
    if (child.exitCode === null) child.kill('SIGKILL');
    await ended;
    await simulator.stop();
    await rm(home, { recursive: true, force: true, maxRetries: 3 });
  }

  const isUp = () => child.exitCode !== null || remarks.includes('ANTHROPIC_API_KEY');
  await waitFor(isUp, 'the proxy to listen', START_MS);
  const url = /listens on (http:\S+)/.exec(remarks)?.[1];
  if (url === undefined) {
    await close();
    throw new Error(`The proxy did not start: ${remarks}`);
  }
  return {
    get simulator() {
      return simulator;
    },
    url,
    port: Number(new URL(url).port),
    home,
    get remarks() {
      return remarks;
    },
    untaken,
    async recordOf(name) {
      const find = () => untaken.find(({ tool }) => tool === name);
      const record = await waitFor(find, `the record of ${name}`, RECORDS_MS);
      untaken.splice(untaken.indexOf(record), 1);
      return record;
    },
    async take(count) {
      await waitFor(() => untaken.length >= count, `${count} records`, RECORDS_MS);
      return untaken.splice(0, count);
    },
    forwarded: () => simulator.requests.filter(({ path: to }) => /^\/(?:openai|anthropic|grok)\//.test(to)),
    async usage(by) {
      const { stdout } = await runMeshbar(['usage', '--by', by, '--json'], env);
      return JSON.parse(stdout) as UsageGroup[];
    },
    async openSockets() {
      if (process.platform !== 'linux') return undefined;
      const folder = `/proc/${child.pid}/fd`;
      const links = await Promise.all((await readdir(folder)).map((fd) => readlink(`${folder}/${fd}`).catch(() => '')));
      return links.filter((link) => link.startsWith('socket:')).length;
    },
    async restartService() {
      simulator = await service.start();
    },
    async interrupt() {
      child.kill('SIGINT');
      await closed;
      return ended;
    },
    close,
  };
}

/**
 * A machine for the tests of one file. At their end nothing may be left over: no record that no test expected, nothing in
 * the service's requests that a correct proxy does not send, no exchange in flight, no complaint.
 */
export function machine(options: MachineOptions = {}): () => Machine {
  let held: Machine | undefined;
  beforeAll(async () => {
    held = await startMachine(options);
  }, START_MS);
  afterAll(async () => {
    try {
      if (held) await expectNothingLeft(held);
    } finally {
      await held?.close();
    }
  });
  return () => {
    if (!held) throw new Error('Not started yet.');
    return held;
  };
}

async function expectNothingLeft(running: Machine): Promise<void> {
  expect(running.simulator.violations).toEqual([]);
  // With an exchange in flight it would say that it waits for it.
  expect(await running.interrupt()).toBe(0);
  expect(running.remarks).not.toMatch(/^meshbar: /m);
  expect(running.untaken).toEqual([]);
}

/** As `meshagent` leaves it behind when somebody has signed in. */
async function writeSession(home: string, simulator: RunningSimulator): Promise<void> {
  const { accessToken, refreshToken, expiresIn } = simulator.issueSession();
  const expiresAt = Math.floor(Date.now() / 1000) + expiresIn;
  const user = {
    profile: { id: 'usr_1', email: 'ada@example.com' },
    api_url: simulator.url,
    session: { access_token: accessToken, refresh_token: refreshToken, expires_at: expiresAt, token_type: 'Bearer' },
    project: { active_project: simulator.projectId },
  };
  const settings = { active_user_id: 'usr_1', users: { usr_1: user } };
  await mkdir(path.join(home, '.meshagent'), { mode: 0o700 });
  await writeFile(path.join(home, '.meshagent', 'settings.json'), JSON.stringify(settings), { mode: 0o600 });
}

/** Nothing of whoever runs the tests: no keys, no proxies, no settings. */
export function bareEnvironment(home: string): NodeJS.ProcessEnv {
  const { PATH, SystemRoot, TEMP } = process.env;
  return { PATH, SystemRoot, TEMP, HOME: home, USERPROFILE: home, MESHBAR_HOME: path.join(home, 'meshbar') };
}

/** Runs a command of meshbar to its end. */
export function runMeshbar(args: readonly string[], env: NodeJS.ProcessEnv): Promise<Ran> {
  return new Promise((resolve) => {
    execFile(process.execPath, [MESHBAR, ...args], { env }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}
