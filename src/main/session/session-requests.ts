import type { ErrorFacts } from '../../shared/errors.js';
import type { AppEngine } from '../engine/app-engine.js';
import type { Requests } from '../ipc/requests.js';
import { chooseProject } from './project-choice.js';
import { createSignIn } from './sign-in.js';

export interface SessionRequestsOptions {
  readonly requests: Requests;
  readonly engine: AppEngine;
  /** Called with what goes wrong in a sign-in and does not end it. */
  readonly onError: (error: ErrorFacts) => void;
}

const PROJECT_SOURCES = {
  '--project-id': 'option',
  MESHAGENT_PROJECT_ID: 'environment',
  settings: 'settings',
} as const;

export function registerSessionRequests({ requests, engine, onError }: SessionRequestsOptions): void {
  const signIn = createSignIn(engine, (problem) => onError(problem.facts));

  requests.handle('session:sign-in', () => signIn.begin());
  requests.handle('session:cancel-sign-in', () => signIn.cancel());
  requests.handle('session:sign-out', () => engine.current.session.signOut());
  requests.handle('session:profiles', () => engine.current.session.profiles());
  requests.handle('session:use-profile', ({ id }) => engine.current.session.useProfile(id));
  requests.handle('session:projects', () => engine.current.account.projects());
  requests.handle('session:project-source', async () => {
    const choice = await engine.current.session.project();
    return choice && PROJECT_SOURCES[choice.source];
  });
  requests.handle('session:use-project', ({ id }) => chooseProject(engine, id));
  requests.handle('session:balance', () => engine.current.account.balance());
}
