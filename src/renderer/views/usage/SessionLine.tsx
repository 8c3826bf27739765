import { memo } from 'react';
import type { ErrorInfo } from '../../../shared/errors.js';
import type { AppState } from '../../../shared/ipc.js';
import { formatUsd, UNKNOWN } from '../../../words/format.js';
import { t } from '../../../words/index.js';
import { Button } from '../../components/Button.js';
import { signIn } from '../../store/actions.js';
import { useAnswer } from '../../store/use-answer.js';
import { store, useStore } from '../../store/use-store.js';
import { type Obstacle, obstacleOf } from '../session/session-words.js';
import { useProjects } from '../session/use-projects.js';
import { obstacleWords } from './next-step.js';
import { ProjectMenu } from './ProjectMenu.js';
import styles from './SessionLine.module.css';

const BALANCE_MS = 60_000;

/** Whose money is spent: project and balance, or what stands in the way of spending it. */
export const SessionLine = memo(function SessionLine({ isObstacleSaid }: { isObstacleSaid: boolean }) {
  const app = useStore((state) => state.app);
  if (!app) return null;
  const obstacle = obstacleOf(app.session, app.proxy);
  const hasSession = obstacle === undefined || !NEEDS_SIGN_IN.includes(obstacle);
  return (
    <div className={styles.lines}>
      {hasSession && <ProjectLine />}
      {obstacle && !isObstacleSaid && <ObstacleLine obstacle={obstacle} app={app} />}
    </div>
  );
});

const NEEDS_SIGN_IN: readonly Obstacle[] = ['signed_out', 'signing_in', 'expired'];

function ProjectLine() {
  const projectId = useStore((state) => state.app?.session.projectId);
  const { projects, problem, reload } = useProjects();
  return (
    <div className={styles.line}>
      <span className={styles.project}>
        <span className={styles.label}>{t('app.account.project')}</span>
        <ProjectMenu projects={projects} problem={problem} onOpen={reload} />
      </span>
      {projectId !== undefined && <BalanceText key={projectId} />}
    </div>
  );
}

/** Nothing at all where the user may not see it. */
function BalanceText() {
  const { value, error, pending } = useAnswer('session:balance', undefined, { live: true, leastMs: BALANCE_MS });
  if (!value && (pending || !error)) return null;
  return (
    <span title={error ? t('app.usage.lastKnown', { problem: error.message }) : undefined}>
      <span className={styles.label}>{t('app.account.balance')}</span>{' '}
      {value ? formatUsd(value.value.balanceUsd) : UNKNOWN}
    </span>
  );
}

function ObstacleLine({ obstacle, app: { session, proxy } }: { obstacle: Obstacle; app: AppState }) {
  if (obstacle === 'signing_in') {
    return (
      <div className={styles.line} role="status">
        <span>Finish signing in in your browser.</span>
        <Button kind="link" onClick={() => void store.attempt('session:cancel-sign-in', undefined)}>
          Cancel
        </Button>
      </div>
    );
  }
  const problem = obstacle === 'access_denied' ? failureOf(proxy) : 'problem' in session ? session.problem : undefined;
  return (
    <div className={styles.obstacle} role="alert">
      <p>{obstacleWords(obstacle, problem)}</p>
      {NEEDS_SIGN_IN.includes(obstacle) && (
        <Button kind="primary" onClick={() => void signIn()}>
          Sign in
        </Button>
      )}
      {obstacle === 'access_denied' && (
        <Button onClick={() => void store.attempt('proxy:start', undefined)}>Try again</Button>
      )}
    </div>
  );
}

function failureOf(proxy: AppState['proxy']): ErrorInfo | undefined {
  return proxy.status === 'failed' ? proxy.error : undefined;
}
