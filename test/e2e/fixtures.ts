import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { test as base, expect, type Page } from '@playwright/test';
import type { Answer, Answers, RequestInput, RequestName } from '../../src/shared/ipc.js';
import { createSimulator, type RunningSimulator } from '../../src/simulator/index.js';
import { signedIn } from '../helpers/session-home.js';
import { type LaunchedApp, type LaunchOptions, launchApp } from './launch.js';

/** What is in the settings file of the machine's user. */
export const LOCAL_KEY = 'local-key';

interface Fixtures {
  /** Hosted MeshAgent, as this machine reaches it. */
  readonly simulator: RunningSimulator;
  /** A home folder whose user is signed in to the simulator. */
  readonly home: string;
  /** Starts the app for that user; closed when the test ends. */
  readonly launch: (options?: LaunchOptions) => Promise<LaunchedApp>;
}

export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright tells by the pattern what a fixture needs.
  simulator: async ({}, use) => {
    const simulator = await createSimulator().start();
    await use(simulator);
    await simulator.stop();
  },
  home: async ({ simulator }, use) => {
    const home = await mkdtemp(path.join(os.tmpdir(), 'meshbar-e2e-'));
    await mkdir(path.join(home, '.meshagent'), { mode: 0o700 });
    const session = simulator.issueSession();
    const settings = signedIn(simulator.url, { accessToken: session.accessToken, refreshToken: session.refreshToken });
    await writeFile(path.join(home, '.meshagent/settings.json'), JSON.stringify(settings), { mode: 0o600 });
    await use(home);
    await rm(home, { recursive: true, force: true, maxRetries: 3 });
  },
  launch: async ({ home }, use) => {
    const launched: LaunchedApp[] = [];
    await use(async (options = {}) => {
      const one = await launchApp({ home, settings: {}, ...options });
      launched.push(one);
      return one;
    });
    for (const one of launched.toReversed()) await one.close();
  },
});

export { expect };

/** Asks as the page itself does. */
export async function ask<Name extends RequestName>(
  page: Page,
  name: Name,
  input: RequestInput<Name>,
): Promise<Answers[Name]> {
  const answer = (await page.evaluate(
    ([request, value]) => window.meshbar.request(request as 'app:state', value as undefined),
    [name as string, input as unknown] as const,
  )) as Answer<Answers[Name]>;
  if (!answer.ok) throw new Error(`${name}: ${answer.error.message}`);
  return answer.value;
}

/** Resolves when the app's proxy is in that state. */
export async function proxyIs(page: Page, status: string): Promise<void> {
  await expect.poll(async () => (await ask(page, 'app:state', undefined)).proxy.status).toBe(status);
}

const run = promisify(execFile);

/** Runs a program of the desktop; gives what it printed. */
export async function desktop(program: string, ...args: string[]): Promise<string> {
  return (await run(program, args)).stdout.trim();
}

/** Clicks the one icon in the tray with that button (1 left, 3 right). */
export async function clickTray(button: 1 | 3 = 1): Promise<void> {
  const window = await trayWindow();
  await desktop('xdotool', 'mousemove', '--window', window, '12', '12', 'click', String(button));
}

/** Brings the pointer to the icon. */
export async function hoverTray(): Promise<void> {
  await desktop('xdotool', 'mousemove', '--window', await trayWindow(), '12', '12');
}

/** The tray's own window, which is there while it has icons. */
async function trayWindow(): Promise<string> {
  const windows = await desktop('xdotool', 'search', '--onlyvisible', '--class', 'trayer');
  const last = windows.split('\n').at(-1);
  if (!last) throw new Error('There is no icon in the tray.');
  return last;
}
