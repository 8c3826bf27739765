import { type ChildProcess, fork } from 'node:child_process';
import { rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import type { ExchangeEnd } from '../../src/shared/exchange.js';
import type { ChildOptions, FromChild, ToChild } from './proxy-child-entry.js';
import { waitFor } from './wait-for.js';

/** A proxy in a process of its own: with an environment, a clock or a memory of its own. */
export interface ProxyChild {
  readonly port: number;
  readonly ends: readonly ExchangeEnd[];
  /** What it wrote to stderr. */
  readonly complaints: string;
  ended(count?: number): Promise<readonly ExchangeEnd[]>;
  /** Most memory that was ever resident, in bytes. */
  peakMemory(): Promise<number>;
  /** Resolves when this time has passed by the proxy's own clock. */
  pass(minutes: number): Promise<void>;
}

let bundle: Promise<string> | undefined;

export async function startProxyChild(
  options: ChildOptions,
  env: Record<string, string | undefined> = {},
): Promise<ProxyChild> {
  bundle ??= buildEntry();
  const ends: ExchangeEnd[] = [];
  let port: number | undefined;
  let peak: number | undefined;
  let passed = 0;
  const clean = { ...process.env };
  for (const name of Object.keys(clean)) if (/_proxy$|^NODE_/i.test(name)) delete clean[name];
  const child: ChildProcess = fork(await bundle, [JSON.stringify(options)], {
    env: { ...clean, ...env },
    stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
  });
  let complaints = '';
  child.stderr?.on('data', (data: Buffer) => {
    complaints += data;
  });
  child.on('message', (message: FromChild) => {
    if ('port' in message) port = message.port;
    else if ('peak' in message) peak = message.peak;
    else if ('passed' in message) passed = Math.max(passed, message.passed);
    else ends.push(message.end);
  });
  const send = (message: ToChild) => child.send(message);
  const gone = new Promise<void>((resolve) => {
    child.on('exit', () => resolve());
  });
  onTestFinished(async () => {
    child.kill();
    await gone;
  });
  const listening = await waitFor(() => port ?? (child.exitCode !== null && -1), 'the proxy in its own process');
  if (listening === -1) throw new Error(`The proxy's process ended with ${child.exitCode}: ${complaints}`);
  return {
    port: listening,
    ends,
    get complaints() {
      return complaints;
    },
    async ended(count = 1) {
      await waitFor(() => ends.length >= count, `the end of ${count} exchange(s)`);
      return ends;
    },
    async peakMemory() {
      peak = undefined;
      send('peak');
      return await waitFor(() => peak, 'the peak of memory');
    },
    async pass(minutes) {
      const ms = minutes * 60_000;
      passed = 0;
      send({ pass: ms });
      await waitFor(() => passed === ms, `${minutes} minutes in the proxy's process`);
    },
  };
}

/** Bundles the entry into the folder of built files, where the next run writes over it. */
async function buildEntry(): Promise<string> {
  const { build } = await import('vite');
  const out = path.resolve(import.meta.dirname, '../../out');
  const folder = path.join(out, `proxy-child-${process.pid}`);
  await build({
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true, external: ['bufferutil', 'utf-8-validate'] },
    build: {
      ssr: path.join(import.meta.dirname, 'proxy-child-entry.ts'),
      outDir: folder,
      minify: false,
      rolldownOptions: { output: { entryFileNames: 'proxy.mjs' } },
    },
  });
  // Other workers may be starting it at this moment: they find the old file or the new one, never a part.
  const file = path.join(out, 'proxy-child.mjs');
  await rename(path.join(folder, 'proxy.mjs'), file);
  await rm(folder, { recursive: true });
  return file;
}
