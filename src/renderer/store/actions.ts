import type { Shell } from '../../shared/env-block.js';
import { store } from './use-store.js';

/** What is done in more than one place. */

export const SHELL_NAMES: Readonly<Record<Shell, string>> = {
  sh: 'sh, zsh, bash',
  fish: 'fish',
  powershell: 'PowerShell',
  cmd: 'cmd',
  dotenv: '.env file',
  json: 'JSON',
};

/** The name of a shell in few letters; `sh` goes by the shell that people of that system use. */
export function shortShellName(shell: Shell, platform: string): string {
  if (shell === 'sh') return platform === 'darwin' ? 'zsh' : 'bash';
  return shell === 'dotenv' ? '.env' : SHELL_NAMES[shell];
}

/** Copies the exports for a shell, and then waits for the tool that they were copied for. False: it could not be done. */
export async function copyEnv(shell: Shell): Promise<boolean> {
  const copied = await store.attempt('env:copy', { kind: 'env', shell });
  if (copied) store.awaitFirstRequest();
  return copied !== undefined;
}

/** Copies where the proxy listens. False: it could not be done. */
export async function copyAddress(): Promise<boolean> {
  return (await store.attempt('env:copy', { kind: 'address' })) !== undefined;
}

/** Opens the browser; from the demo, which has a session of its own, to the person's own session first. */
export async function signIn(): Promise<void> {
  if (store.state.app?.demo) {
    const answer = await store.ask('demo:leave', undefined);
    if (!answer.ok) {
      store.toast({ tone: 'bad', text: answer.error.message, hint: answer.error.hint });
      return;
    }
    await store.refresh();
    const status = store.state.app?.session.status;
    if (status === 'signed_in' || status === 'environment') {
      await store.attempt('proxy:start', undefined);
      return;
    }
  }
  await store.attempt('session:sign-in', undefined);
}
