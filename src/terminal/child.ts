import { spawn } from 'node:child_process';

export type ChildEnd =
  | { readonly how: 'code'; readonly code: number }
  | { readonly how: 'signal'; readonly signal: NodeJS.Signals }
  | { readonly how: 'not-started'; readonly reason: NodeJS.ErrnoException };

/** A command in this process's terminal; signals are passed on to it until it has ended. */
export interface Child {
  readonly ended: Promise<ChildEnd>;
}

const FORWARDED = ['SIGINT', 'SIGQUIT', 'SIGTERM', 'SIGHUP', 'SIGUSR1', 'SIGUSR2'] as const;
/** Signals from keys go to every process in the terminal: the command has them already. */
const FROM_KEYS: ReadonlySet<string> = new Set(['SIGINT', 'SIGQUIT']);

export function startChild(command: string, args: readonly string[], env: NodeJS.ProcessEnv): Child {
  const child = spawn(command, args, { env, stdio: 'inherit' });
  const forward = (signal: NodeJS.Signals) => {
    if (!(process.stdin.isTTY && FROM_KEYS.has(signal))) child.kill(signal);
  };
  for (const signal of FORWARDED) process.on(signal, forward);
  const ended = new Promise<ChildEnd>((resolve) => {
    child.once('error', (reason: NodeJS.ErrnoException) => {
      if (child.pid === undefined) resolve({ how: 'not-started', reason });
    });
    child.once('exit', (code, signal) => {
      resolve(signal === null ? { how: 'code', code: code ?? 1 } : { how: 'signal', signal });
    });
  });
  void ended.then(() => {
    for (const signal of FORWARDED) process.off(signal, forward);
  });
  return { ended };
}
