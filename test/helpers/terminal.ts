import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { createSimulator, type RunningSimulator } from '../../src/simulator/index.js';
import { waitFor } from './wait-for.js';

/** The built command, as package.json's "bin" names it; `npm test` builds it first. */
export const MESHBAR = fileURLToPath(new URL('../../out/terminal/meshbar.js', import.meta.url));
export const LEDGER_WORKER = path.join(path.dirname(MESHBAR), 'ledger-worker.js');

if (!existsSync(MESHBAR)) throw new Error('The command is not built: run `npm run build:command` first.');

/** A user's home folder, empty, that goes when the test is over; and the environment that leads there. */
export function createHome(): { home: string; env: Record<string, string> } {
  const home = mkdtempSync(path.join(os.tmpdir(), 'meshbar-test-'));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  return {
    home,
    env: { PATH: process.env.PATH ?? '', HOME: home, MESHBAR_HOME: path.join(home, 'meshbar'), LANG: 'C.UTF-8' },
  };
}

/** A home whose environment reaches a simulated MeshAgent. */
export async function createSignedInHome(): Promise<{
  home: string;
  env: Record<string, string>;
  simulator: RunningSimulator;
}> {
  const simulator = await createSimulator().start();
  onTestFinished(() => simulator.stop());
  const { home, env } = createHome();
  return {
    home,
    simulator,
    env: {
      ...env,
      MESHAGENT_API_URL: simulator.url,
      MESHAGENT_TOKEN: simulator.upstreamToken,
      MESHAGENT_PROJECT_ID: simulator.projectId,
    },
  };
}

export interface Ended {
  /** The exit code, or the signal that killed it. */
  readonly code: number | NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A started command. It is killed when the test is over. */
export class Meshbar {
  stdout = '';
  stderr = '';
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;

  constructor(args: readonly string[], env: Record<string, string>) {
    this.child = spawn(process.execPath, [MESHBAR, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    this.child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.stdout += text;
    });
    this.child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.stderr += text;
    });
    this.ended = new Promise((resolve) => {
      this.child.on('close', (code, signal) => {
        resolve({ code: code ?? signal, stdout: this.stdout, stderr: this.stderr });
      });
    });
    onTestFinished(async () => {
      this.child.kill('SIGKILL');
      await this.ended;
    });
  }

  /** Both outputs. */
  get said(): string {
    return this.stdout + this.stderr;
  }

  kill(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** Resolves with the match once it has been said; rejects with what was said instead. */
  async says(pattern: RegExp, where: 'stdout' | 'stderr' | 'said' = 'said'): Promise<RegExpExecArray> {
    try {
      return await waitFor(() => pattern.exec(this[where]), String(pattern), 10_000);
    } catch (error) {
      throw new Error(`${(error as Error).message}\nstdout: ${this.stdout}\nstderr: ${this.stderr}`);
    }
  }

  /** The address, once it listens. */
  async url(): Promise<string> {
    return (await this.says(/listens on (http:\S+)/))[1] as string;
  }
}

export function startMeshbar(args: readonly string[], env: Record<string, string>): Meshbar {
  return new Meshbar(args, env);
}

export function runMeshbar(args: readonly string[], env: Record<string, string>): Promise<Ended> {
  return new Meshbar(args, env).ended;
}

export interface ChatOptions {
  readonly url: string;
  readonly key: string;
  /** What the simulator is asked to do (src/simulator/plan.ts). */
  readonly plan?: string;
  readonly model?: string;
}

/** Sends a streamed chat request; the answer's body is the caller's to read. */
export function chat({ url, key, plan = '', model = 'gpt-5.4' }: ChatOptions): Promise<Response> {
  return fetch(`${url}/openai/v1/chat/completions`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${key}`,
      'content-type': 'application/json',
      'user-agent': 'curl/8.5.0',
      'x-simulator': plan,
    },
    body: JSON.stringify({ model, stream: true, messages: [{ role: 'user', content: 'Hello' }] }),
  });
}
