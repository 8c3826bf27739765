import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { t } from '../words/index.js';

export interface CopyResult {
  /** How it was copied, or what kept it from being copied. */
  readonly message: string;
  /** Undefined where nobody can know: a terminal does not say whether it took what it was sent. */
  readonly worked: boolean | undefined;
}

export interface CopyOptions {
  /** The terminal, for the way of last resort. */
  readonly stdout: { write(text: string): unknown };
  readonly env: NodeJS.ProcessEnv;
  readonly platform?: NodeJS.Platform;
}

interface Program {
  readonly name: string;
  readonly args: readonly string[];
  /** Whether it could work here, if it is there. */
  readonly fits: (env: NodeJS.ProcessEnv, platform: NodeJS.Platform) => boolean;
}

const PROGRAMS: readonly Program[] = [
  { name: 'pbcopy', args: [], fits: (_env, platform) => platform === 'darwin' },
  { name: 'wl-copy', args: [], fits: (env) => Boolean(env.WAYLAND_DISPLAY) },
  { name: 'xclip', args: ['-selection', 'clipboard'], fits: (env) => Boolean(env.DISPLAY) },
  { name: 'xsel', args: ['--clipboard', '--input'], fits: (env) => Boolean(env.DISPLAY) },
  { name: 'clip.exe', args: [], fits: (env, platform) => platform === 'win32' || Boolean(env.WSL_DISTRO_NAME) },
  // tmux drops its panes' OSC 52 unless configured otherwise, but passes this on to the terminal it runs in.
  { name: 'tmux', args: ['load-buffer', '-w', '-'], fits: (env) => Boolean(env.TMUX) },
];
const PROGRAM_TIMEOUT_MS = 3000;

/**
 * Copies with the first program that is there and fits, else asks the terminal itself (OSC 52). Never rejects. The text
 * goes through standard input: arguments can be seen by others.
 */
export async function copyFromTerminal(text: string, options: CopyOptions): Promise<CopyResult> {
  const { env, platform = process.platform } = options;
  const failures: string[] = [];
  // Over SSH without a forwarded display, a program would fill the clipboard of the other machine.
  const isRemote = Boolean(env.SSH_CONNECTION || env.SSH_TTY) && !env.DISPLAY && !env.WAYLAND_DISPLAY;
  for (const program of PROGRAMS) {
    if (!program.fits(env, platform) || (isRemote && program.name !== 'tmux')) continue;
    const file = findProgram(program.name, env, platform);
    if (file === undefined) continue;
    const failure = await feed({ ...program, file }, text, env);
    if (failure === undefined)
      return { message: t('terminal.dashboard.copied', { program: program.name }), worked: true };
    failures.push(failure);
  }
  options.stdout.write(`\u001b]52;c;${Buffer.from(text).toString('base64')}\u0007`);
  const message =
    failures.length === 0
      ? t('terminal.dashboard.sentToTerminal')
      : t('terminal.dashboard.sentAfter', { failures: failures.join(', ') });
  return { message, worked: undefined };
}

function findProgram(name: string, env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string | undefined {
  for (const folder of (env.PATH ?? '').split(platform === 'win32' ? ';' : ':')) {
    if (folder === '') continue;
    const file = path.join(folder, name);
    try {
      accessSync(file, constants.X_OK);
      return file;
    } catch {
      // Not in this folder.
    }
  }
  return undefined;
}

/** Undefined if it took the text, else what happened instead. */
function feed(
  { file, name, args }: Pick<Program, 'name' | 'args'> & { readonly file: string },
  text: string,
  env: NodeJS.ProcessEnv,
): Promise<string | undefined> {
  return new Promise((resolve) => {
    // xclip and wl-copy leave a process behind that holds the text, and keeps its outputs open: nobody may wait for them.
    const child = spawn(file, args, { stdio: ['pipe', 'ignore', 'ignore'], env, timeout: PROGRAM_TIMEOUT_MS });
    child.on('error', (error: NodeJS.ErrnoException) =>
      resolve(t('terminal.dashboard.notStarted', { program: name, code: error.code ?? '' })),
    );
    child.on('exit', (code, signal) => {
      if (code === 0) resolve(undefined);
      else if (signal) resolve(t('terminal.dashboard.noAnswer', { program: name }));
      else resolve(t('terminal.dashboard.endedWith', { program: name, code: String(code) }));
    });
    child.stdin.on('error', () => {});
    child.stdin.end(text);
  });
}
