import type { ReactNode } from 'react';
import type { AppState } from '../../../shared/ipc.js';
import { statusReason } from '../../../words/format-status.js';
import { t } from '../../../words/index.js';
import { Button } from '../../components/Button.js';
import { EmptyState } from '../../components/EmptyState.js';
import { copyEnv, signIn } from '../../store/actions.js';
import { store, useStore } from '../../store/use-store.js';
import { CopyLink } from '../session/CopyLink.js';
import { useProjects } from '../session/use-projects.js';
import styles from './NextSteps.module.css';
import { type NextStep, nextStepOf } from './next-step.js';
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
  signed_out: ({ status }) => {
    const hasProblem = status.cause?.kind === 'signed_out' && status.cause.problem !== undefined;
    return (
      <EmptyState title={t('app.usage.begin.signIn')} action={<SignInButton />}>
        {hasProblem && <p>{statusReason(status)}</p>}
        {t('app.usage.begin.signInHint')}
      </EmptyState>
    );
  },
  expired: () => (
    <EmptyState title={t('app.usage.begin.expired')} action={<SignInButton />}>
      {t('app.usage.begin.expiredHint')}
    </EmptyState>
  ),
  signing_in: ({ session }) => <Continue url={session.status === 'signing_in' ? session.url : undefined} />,
  no_project: () => <ChooseProject />,
  access_denied: ({ status }) => (
    <EmptyState title={t('app.usage.begin.denied')} action={<StartButton label="app.action.tryAgain" />}>
      {statusReason(status)}
    </EmptyState>
  ),
  fix: () => <EmptyState title={t('app.usage.begin.nothing')}>{t('app.usage.begin.nothingHint')}</EmptyState>,
  start: () => (
    <EmptyState title={t('app.usage.begin.stopped')} action={<StartButton label="app.action.startProxy" />}>
      {t('app.usage.begin.stoppedHint')}
    </EmptyState>
  ),
  started: () => <EmptyState title={t('app.usage.begin.starting')} />,
  connect: ({ settings }) => (
    <EmptyState
      title={t('app.usage.begin.connect')}
      action={
        <Button kind="primary" onClick={() => void copyEnv(settings.defaultShell)}>
          {t('app.usage.begin.copyEnv')}
        </Button>
      }
    >
      {t('app.usage.begin.connectHint')}
    </EmptyState>
  ),
  wait: () => (
    <EmptyState
      title={t('app.usage.begin.wait')}
      action={<Button onClick={() => store.show('connect')}>{t('app.usage.begin.otherWays')}</Button>}
    >
      {t('app.usage.begin.waitHint')}
    </EmptyState>
  ),
};

function SignInButton() {
  return (
    <Button kind="primary" onClick={() => void signIn()}>
      {t('app.action.signIn')}
    </Button>
  );
}

function StartButton({ label }: { label: 'app.action.tryAgain' | 'app.action.startProxy' }) {
  return (
    <Button kind="primary" onClick={() => void store.attempt('proxy:start', undefined)}>
      {t(label)}
    </Button>
  );
}

/** The browser has the sign-in; where none opened, its link does. */
function Continue({ url }: { url: string | undefined }) {
  return (
    <EmptyState
      title={t('app.account.continueInBrowser')}
      action={
        <>
          {url !== undefined && <CopyLink url={url} />}
          <Button onClick={() => void store.attempt('session:cancel-sign-in', undefined)}>
            {t('app.action.cancel')}
          </Button>
        </>
      }
    >
      {url !== undefined && t('app.account.noPageOpened')}
    </EmptyState>
  );
}

function ChooseProject() {
  const { projects, problem, reload } = useProjects();
  return (
    <EmptyState
      title={t('app.usage.begin.project')}
      action={<ProjectMenu isPrimary projects={projects} problem={problem} onOpen={reload} />}
    >
      {t('app.usage.begin.projectHint')}
    </EmptyState>
  );
}
