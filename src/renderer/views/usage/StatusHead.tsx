import { memo, useId } from 'react';
import { type AppStatus, toneOf } from '../../../shared/app-status.js';
import { shownHost } from '../../../shared/proxy-url.js';
import { statusReason, statusTitle } from '../../../words/format-status.js';
import { t } from '../../../words/index.js';
import { Button } from '../../components/Button.js';
import { CopyButton } from '../../components/CopyButton.js';
import { classNames } from '../../components/class-names.js';
import { Remedy } from '../../components/Remedy.js';
import { Switch } from '../../components/Switch.js';
import { copyAddress } from '../../store/actions.js';
import { store, useStore } from '../../store/use-store.js';
import { useProjects } from '../session/use-projects.js';
import styles from './StatusHead.module.css';

/** Whether the proxy runs, and where; the one big switch; what is in the way, and what fixes it. */
export const StatusHead = memo(function StatusHead({ isReasonBelow = false }: { isReasonBelow?: boolean }) {
  const status = useStore((state) => state.app?.status);
  const proxy = useStore((state) => state.app?.proxy);
  const settings = useStore((state) => state.app?.settings);
  const id = useId();
  if (!status || !proxy || !settings) return null;
  const tone = toneOf(status);
  const { host, port } = proxy.status === 'running' ? proxy : settings;
  const isOn = proxy.status === 'running' || proxy.status === 'starting';
  return (
    <header className={styles.head}>
      <div className={styles.line}>
        <span className={classNames(styles.dot, styles[tone])} aria-hidden="true" />
        <div className={styles.words} role="status">
          <h1 id={id} className={classNames(styles.title, tone === 'bad' && styles.isBad)}>
            {statusTitle(status)}
          </h1>
          <p className={styles.address}>
            <code className="selectable">{`${shownHost(host)}:${port}`}</code>
            {proxy.status === 'running' && (
              <span className={styles.copy}>
                <CopyButton label={t('app.status.copyAddress')} onCopy={copyAddress} />
              </span>
            )}
          </p>
        </div>
        {proxy.status === 'stopping' && (
          <Button onClick={() => void store.attempt('proxy:stop', { now: true })}>{t('app.status.stopNow')}</Button>
        )}
        <Switch
          size="large"
          label={t('app.status.proxy')}
          describedBy={id}
          checked={isOn}
          busy={proxy.status === 'starting' || proxy.status === 'stopping'}
          disabled={proxy.status === 'stopping'}
          onChange={(on) =>
            void (on ? store.attempt('proxy:start', undefined) : store.attempt('proxy:stop', { now: false }))
          }
        />
      </div>
      {!isReasonBelow && <Reason status={status} />}
    </header>
  );
});

/** A budget that is nearly used up has a line of its own below. */
function Reason({ status }: { status: AppStatus }) {
  const { cause } = status;
  const isOfProject = cause?.kind === 'budget_used_up' && cause.budget.scope.kind === 'project';
  const { projects } = useProjects(isOfProject);
  if (!cause || cause.kind === 'budget_near') return null;
  const nameOf = (id: string) => projects?.find((project) => project.id === id)?.name ?? id;
  const isBad = toneOf(status) === 'bad';
  return (
    <div className={classNames(styles.reason, isBad ? styles.isRed : styles.isAmber)} role={isBad ? 'alert' : 'status'}>
      <p>{statusReason(status, nameOf)}</p>
      <div className={styles.remedies}>
        {/* The menu of the projects is right below. */}
        {cause.kind !== 'no_project' && <Remedy status={status} />}
      </div>
    </div>
  );
}
