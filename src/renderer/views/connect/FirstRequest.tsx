import { useEffect, useState } from 'react';
import { FIRST_REQUEST_WAIT_MS } from '../../../shared/first-request.js';
import type { ConnectedTool, Copyable } from '../../../shared/ipc.js';
import { Button, IconButton } from '../../components/Button.js';
import { classNames } from '../../components/class-names.js';
import { CheckIcon, CloseIcon } from '../../components/icons.js';
import { copyText } from '../../store/actions.js';
import { store, useStore } from '../../store/use-store.js';
import styles from './FirstRequest.module.css';
import { checksFor } from './shell-words.js';

/** After copying or connecting: that Meshbar waits, which tool came, and, after a minute without one, what to look at. Stays in sight. */
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
              <span className={styles.words}>
                First request came from <strong>{firstSeen?.tool}</strong>
                {firstSeen?.model && ` · ${firstSeen.model}`}
              </span>
            </>
          )}
          <IconButton label="Dismiss" onClick={() => store.dismissFirstRequest(at)}>
            <CloseIcon />
          </IconButton>
        </div>
      )}
      {isWaiting && isLate && <Checks />}
    </div>
  );
}

function waitingWords(what: Copyable | ConnectedTool, isLate: boolean): string {
  const from = what.kind === 'tool' ? ` from ${what.title}` : '';
  return isLate ? `No request${from} has come yet.` : `Waiting for the first request${from}…`;
}

function Checks() {
  const what = useStore((state) => state.app?.waiting?.what);
  const proxy = useStore((state) => state.app?.proxy);
  if (!what || !proxy) return null;
  return (
    <ul className={classNames(styles.checks, styles.inner)}>
      <li>
        {proxy.status === 'running' ? `The proxy runs at ${proxy.url}.` : 'The proxy does not run: start it first.'}
      </li>
      {checksFor(what).map(({ question, command }) => (
        <li key={question}>
          {question}
          {command !== undefined && (
            <div className={styles.command}>
              <code className="selectable">{command}</code>
              <Button kind="link" onClick={() => void copyText(command)}>
                Copy
              </Button>
            </div>
          )}
        </li>
      ))}
    </ul>
  );
}

/** Whether somebody has waited for long, `since` then. */
function useLate(since: number | undefined): boolean {
  const [lateFor, setLateFor] = useState<number>();
  useEffect(() => {
    if (since === undefined) return;
    const timer = setTimeout(() => setLateFor(since), Math.max(0, since + FIRST_REQUEST_WAIT_MS - Date.now()));
    return () => clearTimeout(timer);
  }, [since]);
  return since !== undefined && lateFor === since;
}
