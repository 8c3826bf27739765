import { memo } from 'react';
import { formatUsd, UNKNOWN } from '../../../words/format.js';
import { t } from '../../../words/index.js';
import { useAnswer } from '../../store/use-answer.js';
import { useStore } from '../../store/use-store.js';
import { useProjects } from '../session/use-projects.js';
import { ProjectMenu } from './ProjectMenu.js';
import styles from './SessionLine.module.css';

const BALANCE_MS = 60_000;

/** Whose money is spent: project and balance; nothing where nobody is signed in. */
export const SessionLine = memo(function SessionLine() {
  const status = useStore((state) => state.app?.session.status);
  const hasSession = status === 'signed_in' || status === 'environment' || status === 'offline';
  return <div className={styles.lines}>{hasSession && <ProjectLine />}</div>;
});

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
