import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';

const ROOT = path.resolve(import.meta.dirname, '../..');
const LEAVE_MS = 15_000;

export interface LaunchOptions {
  /** Follow the app's path on its command line, such as `--demo`. */
  readonly args?: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  /** A folder that stands for the user's home; without, a new one that goes with the app. */
  readonly home?: string;
  /** Settings that stand in the app's file when it starts. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Another app than the one built here, such as a packaged one. */
  readonly appPath?: string;
  /** Files that are preloaded besides, each with its whole path. */
  readonly preload?: readonly string[];
}

export interface LaunchedApp {
  readonly app: ElectronApplication;
  readonly popover: Page;
  readonly home: string;
  /** Where its proxy listens, once it does. */
  readonly url: string;
  readonly port: number;
  /** What the app's process wrote. */
  readonly output: () => string;
  close(): Promise<void>;
}

/** Starts the built app in folders of its own, on a port of its own. */
export async function launchApp(options: LaunchOptions = {}): Promise<LaunchedApp> {
  const home = options.home ?? (await mkdtemp(path.join(os.tmpdir(), 'meshbar-e2e-')));
  const port = Number(options.settings?.port ?? (await freePort()));
  const folder = path.join(home, 'meshbar');
  await mkdir(folder, { recursive: true });
  if (options.settings || !options.home) {
    await writeFile(path.join(folder, 'settings.json'), JSON.stringify({ ...options.settings, port }));
  }
  const app = await _electron.launch({
    executablePath: electronPath(),
    args: [
      ...(options.preload ?? []).flatMap((file) => ['-r', file]),
      ...argumentsFor(options.appPath ?? ROOT, options.args),
    ],
    env: environmentFor(home, options.env),
  });
  let output = '';
  for (const stream of [app.process().stdout, app.process().stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const popover = await app.firstWindow();
  return {
    app,
    popover,
    home,
    port,
    url: `http://127.0.0.1:${port}`,
    output: () => output,
    async close() {
      await Promise.race([app.close(), timeout(LEAVE_MS)]).catch(() => app.process().kill('SIGKILL'));
      if (!options.home) await rm(home, { recursive: true, force: true });
    },
  };
}

export function electronPath(): string {
  return createRequire(import.meta.url)('electron') as unknown as string;
}

export function argumentsFor(appPath: string = ROOT, args: readonly string[] = []): string[] {
  return ['--no-sandbox', '-r', path.join(import.meta.dirname, 'runtime.cjs'), appPath, ...args];
}

/** No variable of whoever runs the tests may lead the app to a real session. */
export function environmentFor(home: string, env: NodeJS.ProcessEnv = {}): Record<string, string> {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(?:MESHAGENT_|OPENAI_|ANTHROPIC_|HTTPS?_PROXY$|ALL_PROXY$|NODE_OPTIONS$)/i.test(name),
  );
  const own = { HOME: home, XDG_CONFIG_HOME: path.join(home, '.config'), MESHBAR_HOME: path.join(home, 'meshbar') };
  return Object.fromEntries(
    Object.entries({ ...Object.fromEntries(inherited), ...own, ...env }).filter(([, value]) => value !== undefined),
  ) as Record<string, string>;
}

export async function freePort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as net.AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function timeout(ms: number): Promise<never> {
  return new Promise((_resolve, reject) => setTimeout(() => reject(new Error('It does not end.')), ms).unref());
}
