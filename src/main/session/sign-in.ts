import type { MeshbarError } from '../../shared/errors.js';
import type { AppEngine } from '../engine/app-engine.js';

export interface SignIn {
  /** Resolves when the user is signed in; rejects with MeshbarError sign_in_* and the like. */
  begin(): Promise<void>;
  cancel(): void;
}

/**
 * One sign-in at a time, of which the session's state tells the address. A second one takes the place of the first: the
 * browser's page of that may be long gone. `onProblem` is told what does not end it.
 */
export function createSignIn(engine: AppEngine, onProblem: (problem: MeshbarError) => void): SignIn {
  let current: { readonly controller: AbortController; readonly done: Promise<void> } | undefined;

  async function run(before: Promise<void> | undefined, signal: AbortSignal): Promise<void> {
    // The port of the callback is free only when the one before has ended.
    await before?.catch(() => {});
    const { problem } = await engine.current.session.signIn({ signal, onProblem });
    if (problem) onProblem(problem);
  }

  return {
    begin() {
      current?.controller.abort();
      const controller = new AbortController();
      const done = run(current?.done, controller.signal);
      current = { controller, done };
      return done;
    },
    cancel: () => current?.controller.abort(),
  };
}
