/**
 * `npm start`: opens the app from a checkout. Where it cannot run (no display, no Electron binary, an Electron that
 * gives up), one line says why and the terminal form runs instead. `--demo` is known to both; any other option is the
 * terminal form's, and runs that.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname, '..');
/** An Electron that ends with an error before this did not start; one that ends later was an app that broke. */
const START_MS = 15_000;

const args = process.argv.slice(2);
const isForTerminal = args.some((arg) => arg !== '--demo');
const reason = isForTerminal ? undefined : (whyNoDisplay() ?? (await whyNoBinary()) ?? (await openApp()));
if (reason !== undefined) console.log(`${reason}: Meshbar runs in the terminal instead.`);
if (isForTerminal || reason !== undefined) process.exitCode = await runTerminal();

/** Why no window can be shown here, as the beginning of a sentence; undefined: one can, as far as can be seen. */
function whyNoDisplay(): string | undefined {
  if (process.platform !== 'linux') return undefined;
  if (!process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return 'There is no display here';
  return undefined;
}

/** Fetches Electron where it is not there yet, as its package does on first use. */
async function whyNoBinary(): Promise<string | undefined> {
  if (process.env.ELECTRON_OVERRIDE_DIST_PATH) return undefined;
  const folder = path.dirname(createRequire(import.meta.url).resolve('electron/package.json'));
  if (existsSync(path.join(folder, 'path.txt'))) return undefined;
  console.log('Fetching Electron, about 120 MB, once …');
  const child = spawn(process.execPath, [path.join(folder, 'install.js')], { stdio: ['ignore', 'ignore', 'pipe'] });
  const { code, errors } = await ended(child);
  return code === 0 ? undefined : `Electron’s binary could not be fetched (${errorIn(errors)})`;
}

/** Runs the app until it is quit. Why it could not start, as the beginning of a sentence; undefined: it ran. */
async function openApp(): Promise<string | undefined> {
  const electron = createRequire(import.meta.url)('electron') as string;
  const startedAt = Date.now();
  console.log('Meshbar is opening: look for its icon in the menubar or tray. Ctrl-C quits it.');
  // Without a session it shows the demo, and says so, as the terminal form does.
  const child = spawn(electron, [ROOT, ...args, '--or-demo'], { stdio: ['ignore', 'inherit', 'pipe'] });
  const forward = passSignals(child);
  const { code, errors } = await ended(child);
  forward.stop();
  if (code === 0 || forward.signalled) return undefined;
  if (Date.now() - startedAt < START_MS) return `Electron did not start (${errorIn(errors)})`;
  console.error(`The app ended with code ${code}: ${errorIn(errors)}`);
  process.exitCode = 1;
  return undefined;
}

async function runTerminal(): Promise<number> {
  const command = path.join(ROOT, 'out/terminal/meshbar.js');
  const child = spawn(process.execPath, [command, 'proxy', ...args, '--or-demo'], { stdio: 'inherit' });
  const forward = passSignals(child);
  const { code } = await ended(child);
  forward.stop();
  return code;
}

/** Ctrl-C reaches the child by itself; this one only waits for it. What is sent to this process alone is passed on. */
function passSignals(child: ChildProcess): { readonly signalled: boolean; stop(): void } {
  let signalled = false;
  const onInterrupt = () => {
    signalled = true;
  };
  const onTerminate = () => {
    signalled = true;
    child.kill('SIGTERM');
  };
  process.on('SIGINT', onInterrupt);
  process.on('SIGTERM', onTerminate);
  return {
    get signalled() {
      return signalled;
    },
    stop() {
      process.off('SIGINT', onInterrupt);
      process.off('SIGTERM', onTerminate);
    },
  };
}

/** `errors` is the end of what it wrote to its standard error, where that is a pipe. */
function ended(child: ChildProcess): Promise<{ readonly code: number; readonly errors: string }> {
  let errors = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    errors = (errors + text).slice(-16 * 1024);
  });
  return new Promise((resolve) => {
    child.on('error', (error) => resolve({ code: 1, errors: error.message }));
    child.on('close', (code) => resolve({ code: code ?? 1, errors }));
  });
}

/** The line that tells most: Chromium's own noise and a stack around it tell a person nothing. */
function errorIn(text: string): string {
  const lines = text.split('\n').map((line) => line.replace(/^\[[^\]]*\]\s*/, '').trim());
  const telling = lines.find((line) => /error|fatal|not supported|missing|cannot/i.test(line));
  return (telling ?? lines.find((line) => line !== '') ?? 'no reason given').replace(/^\w*Error: /, '').slice(0, 200);
}
