import { type EnvPart, SHELL_NAMES, type Shell } from '../../shared/env-block.js';
import type { Copyable } from '../../shared/ipc.js';
import { store } from './use-store.js';

/** What is done in more than one place. */

/** The name of a shell in few letters; `sh` goes by the shell that people of that system use. */
export function shortShellName(shell: Shell, platform: string): string {
  if (shell === 'sh') return platform === 'darwin' ? 'zsh' : 'bash';
  return shell === 'dotenv' ? '.env' : SHELL_NAMES[shell];
}

/** Copies what points a tool at the proxy; main then waits for that tool. False: it could not be done. */
export async function copy(what: Copyable): Promise<boolean> {
  return (await store.attempt('env:copy', what)) !== undefined;
}

/** Copies the exports for a shell, of all providers or a part of them. False: it could not be done. */
export function copyEnv(shell: Shell, part?: EnvPart): Promise<boolean> {
  return copy({ kind: 'env', shell, part });
}

/** Copies what this window shows and what is no secret. False: it could not be done. */
export async function copyText(text: string): Promise<boolean> {
  const answer = await store.ask('text:copy', { text });
  if (!answer.ok) store.toastFailure('text:copy', answer.error);
  return answer.ok;
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
      store.toastFailure('demo:leave', answer.error);
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
