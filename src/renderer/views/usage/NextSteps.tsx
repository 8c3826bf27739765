import type { ReactNode } from 'react';
import type { AppState } from '../../../shared/ipc.js';
import { Button } from '../../components/Button.js';
import { EmptyState } from '../../components/EmptyState.js';
import { copyEnv, signIn } from '../../store/actions.js';
import { store, useStore } from '../../store/use-store.js';
import { useProjects } from '../session/use-projects.js';
import styles from './NextSteps.module.css';
import { type NextStep, nextStepOf, obstacleWords } from './next-step.js';
import { ProjectMenu } from './ProjectMenu.js';

/** Nothing has passed yet: a sentence, one button, and what comes after it. */
export function NextSteps() {
  const app = useStore((state) => state.app);
  if (!app) return null;
  const step = nextStepOf(app);
  return (
    <div className={styles.steps} data-step={step}>
      {STEPS[step](app)}
    </div>
  );
}

const STEPS: Readonly<Record<NextStep, (app: AppState) => ReactNode>> = {
  signed_out: ({ session }) => {
    const problem = 'problem' in session ? session.problem : undefined;
    return (
      <EmptyState title="Sign in to begin." action={<SignInButton />}>
        {problem ? `${obstacleWords('signed_out', problem)} ` : ''}Your browser opens MeshAgent; then choose a project,
        and requests can pass.
      </EmptyState>
    );
  },
  expired: () => (
    <EmptyState title="Your session has ended." action={<SignInButton />}>
      Requests are refused until you sign in again.
    </EmptyState>
  ),
  signing_in: () => (
    <EmptyState
      title="Finish signing in in your browser."
      action={<Button onClick={() => void store.attempt('session:cancel-sign-in', undefined)}>Cancel</Button>}
    >
      No page opened? The address stands in Settings, for copying.
    </EmptyState>
  ),
  no_project: () => <ChooseProject />,
  access_denied: ({ proxy }) => (
    <EmptyState
      title="This project is not open to you."
      action={
        <Button kind="primary" onClick={() => void store.attempt('proxy:start', undefined)}>
          Try again
        </Button>
      }
    >
      {obstacleWords('access_denied', proxy.status === 'failed' ? proxy.error : undefined)}
    </EmptyState>
  ),
  mend: () => <EmptyState title="Nothing has passed yet.">When the proxy runs, usage shows up here.</EmptyState>,
  start: () => (
    <EmptyState
      title="The proxy is stopped."
      action={
        <Button kind="primary" onClick={() => void store.attempt('proxy:start', undefined)}>
          Start the proxy
        </Button>
      }
    >
      Once it runs, point a tool at it; what it costs shows up here.
    </EmptyState>
  ),
  started: () => <EmptyState title="The proxy is starting…" />,
  connect: ({ settings }) => (
    <EmptyState
      title="No traffic yet."
      action={
        <Button kind="primary" onClick={() => void copyEnv(settings.defaultShell)}>
          Copy env exports
        </Button>
      }
    >
      Copy the exports, paste them where your tool runs, and start it. Its requests show up here.
    </EmptyState>
  ),
  wait: () => (
    <EmptyState
      title="Waiting for the first request"
      action={<Button onClick={() => store.show('connect')}>Other ways to connect</Button>}
    >
      Paste what you copied where your tool runs, then start the tool from there.
    </EmptyState>
  ),
};

function SignInButton() {
  return (
    <Button kind="primary" onClick={() => void signIn()}>
      Sign in
    </Button>
  );
}

function ChooseProject() {
  const { projects, problem, reload } = useProjects();
  return (
    <EmptyState
      title="Choose a project."
      action={<ProjectMenu isPrimary projects={projects} problem={problem} onOpen={reload} />}
    >
      Requests are billed to it. You can switch at any time.
    </EmptyState>
  );
}
