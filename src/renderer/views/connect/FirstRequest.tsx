import { type ReactNode, useEffect, useState } from 'react';
import { FIRST_REQUEST_WAIT_MS } from '../../../shared/first-request.js';
import type { AppState, ConnectedTool, Copyable } from '../../../shared/ipc.js';
import { t } from '../../../words/index.js';
import { Button, IconButton } from '../../components/Button.js';
import { classNames } from '../../components/class-names.js';
import { CheckIcon, CloseIcon } from '../../components/icons.js';
import { Name } from '../../components/Name.js';
import { code, rich, strong, withCode } from '../../components/rich.js';
import { copyText } from '../../store/actions.js';
import { store, useStore } from '../../store/use-store.js';
import styles from './FirstRequest.module.css';
import { checksFor } from './shell-words.js';

/** After copying or connecting: that Meshbar waits, which tool came, and, after a minute without one, what to check. Stays in sight. */
export function FirstRequest() {
  const seen = useStore((state) => state.firstRequestSeen);
  const waiting = useStore((state) => state.app?.waiting);
  const firstSeen = useStore((state) => state.app?.firstSeen);
  const isWaiting = waiting !== undefined && waiting.since > seen;
  const hasArrived = firstSeen !== undefined && firstSeen.at > seen;
  const isLate = useLate(isWaiting ? waiting.since : undefined);
  const at = Math.max(waiting?.since ?? 0, firstSeen?.at ?? 0);
  return (
    <div role="status" className={isWaiting || hasArrived ? styles.panel : undefined}>
      {(isWaiting || hasArrived) && (
        <div className={classNames(styles.line, styles.inner)}>
          {isWaiting ? (
            <>
              <span className={styles.dot} aria-hidden="true" />
              <span className={styles.words}>{waitingWords(waiting.what, isLate)}</span>
            </>
          ) : (
            <>
              <span className={styles.good}>
                <CheckIcon />
              </span>
              <span className={styles.words}>{firstSeen && arrivedWords(firstSeen)}</span>
            </>
          )}
          <IconButton label={t('app.action.dismiss')} onClick={() => store.dismissFirstRequest(at)}>
            <CloseIcon />
          </IconButton>
        </div>
      )}
      {isWaiting && isLate && <Checks />}
    </div>
  );
}

function waitingWords(what: Copyable | ConnectedTool, isLate: boolean): string {
  if (what.kind !== 'tool') return t(isLate ? 'app.connect.late' : 'app.connect.waiting');
  return t(isLate ? 'app.connect.lateFrom' : 'app.connect.waitingFor', { tool: what.title });
}

function arrivedWords({ tool, model }: NonNullable<AppState['firstSeen']>): ReactNode {
  const values = { strong, tool: <Name>{tool}</Name> };
  if (model === undefined) return rich('app.connect.arrived', values);
  return rich('app.connect.arrivedOfModel', { ...values, model: <Name>{model}</Name> });
}

function Checks() {
  const what = useStore((state) => state.app?.waiting?.what);
  const proxy = useStore((state) => state.app?.proxy);
  if (!what || !proxy) return null;
  return (
    <ul className={classNames(styles.checks, styles.inner)}>
      <li>
        {proxy.status === 'running' ? t('app.connect.proxyRuns', { url: proxy.url }) : t('app.connect.proxyDoesNotRun')}
      </li>
      {checksFor(what).map(({ question, command }) => (
        <li key={question}>
          {withCode(question)}
          {command !== undefined && (
            <div className={styles.command}>
              {code([command])}
              <Button kind="link" onClick={() => void copyText(command)}>
                {t('app.action.copy')}
              </Button>
            </div>
          )}
        </li>
      ))}
    </ul>
  );
}

/** Whether somebody has been waiting for too long, since then. */
function useLate(since: number | undefined): boolean {
  const [lateFor, setLateFor] = useState<number>();
  useEffect(() => {
    if (since === undefined) return;
    const timer = setTimeout(() => setLateFor(since), Math.max(0, since + FIRST_REQUEST_WAIT_MS - Date.now()));
    return () => clearTimeout(timer);
  }, [since]);
  return since !== undefined && lateFor === since;
}
