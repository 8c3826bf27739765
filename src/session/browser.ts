import { spawn } from 'node:child_process';
import path from 'node:path';

/** A launcher that is still running after this long has found a browser and waits for it. */
const SETTLED_MS = 2000;

/**
 * Opens an address in the user's browser: what BROWSER names (several commands, parted like PATH; `%s` stands for the
 * address), else the system's own. Gives whether one of them took it. No shell sees the address.
 */
export async function openBrowser(url: string, env: NodeJS.ProcessEnv): Promise<boolean> {
  for (const [command, ...args] of launchers(url, env)) {
    if (command !== undefined && (await launch(command, args, env))) return true;
  }
  return false;
}

function launchers(url: string, env: NodeJS.ProcessEnv): string[][] {
  if (env.BROWSER) {
    return env.BROWSER.split(path.delimiter)
      .map((entry) => words(entry))
      .filter((entry) => entry.length > 0)
      .map((entry) =>
        entry.some(holdsPlace) ? entry.map((word) => word.replaceAll('%s', () => url)) : [...entry, url],
      );
  }
  if (process.platform === 'darwin') return [['open', url]];
  if (process.platform === 'win32') return [['rundll32', 'url.dll,FileProtocolHandler', url]];
  // Without a display, xdg-open would start a browser in this very terminal.
  return env.DISPLAY || env.WAYLAND_DISPLAY ? [['xdg-open', url]] : [];
}

function holdsPlace(word: string): boolean {
  return word.includes('%s');
}

/** Splits at spaces, except within quotes. */
function words(text: string): string[] {
  return [...text.matchAll(/"([^"]*)"|'([^']*)'|([^\s"']+)/g)].map((match) => match[1] ?? match[2] ?? match[3] ?? '');
}

function launch(command: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<boolean> {
  return new Promise((resolve) => {
    // A group of its own: Ctrl-C in the terminal must not close the browser.
    const child = spawn(command, args, { env, stdio: 'ignore', detached: true, windowsHide: true });
    const timer = setTimeout(() => resolve(true), SETTLED_MS);
    const settle = (opened: boolean) => {
      clearTimeout(timer);
      resolve(opened);
    };
    child.on('error', () => settle(false));
    child.on('exit', (code) => settle(code === 0));
    child.unref();
  });
}
