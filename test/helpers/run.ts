import { spawnSync } from 'node:child_process';

/** Whether this machine has a program. */
export function hasProgram(name: string): boolean {
  return spawnSync(name, ['--version'], { stdio: 'ignore' }).error === undefined;
}

/** Has a shell run a script, its last argument, and gives what it wrote; throws what it complained of. */
export function runScript(shell: string, args: readonly string[], script: string, env: NodeJS.ProcessEnv): string {
  const { status, stdout, stderr } = spawnSync(shell, [...args, script], { env, encoding: 'utf8' });
  if (status !== 0 || stderr !== '') throw new Error(`${shell} ended with ${status}: ${stderr}`);
  return stdout;
}
