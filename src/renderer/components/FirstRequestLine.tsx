import { useEffect } from 'react';
import { t } from '../../words/index.js';
import { store, useStore } from '../store/use-store.js';
import { IconButton } from './Button.js';
import styles from './FirstRequestLine.module.css';
import { CheckIcon, CloseIcon } from './icons.js';
import { Name } from './Name.js';
import { rich, strong } from './rich.js';

/** How long the good news stays while somebody is looking. */
const ARRIVED_MS = 8000;

/** After copying or connecting: that Meshbar waits for the tool, and then which one came. */
export function FirstRequestLine() {
  const seen = useStore((state) => state.firstRequestSeen);
  const waitingSince = useStore((state) => state.app?.waiting?.since ?? 0);
  const firstSeen = useStore((state) => state.app?.firstSeen);
  const arrivedAt = firstSeen?.at ?? 0;
  const tool = useStore((state) => {
    const what = state.app?.waiting?.what;
    return what?.kind === 'tool' ? what.title : undefined;
  });
  const isWaiting = waitingSince > seen;
  const hasArrived = arrivedAt > seen;

  useEffect(() => {
    if (!hasArrived) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const count = () => {
      clearTimeout(timer);
      if (document.visibilityState === 'visible') {
        timer = setTimeout(() => store.dismissFirstRequest(arrivedAt), ARRIVED_MS);
      }
    };
    document.addEventListener('visibilitychange', count);
    count();
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', count);
    };
  }, [hasArrived, arrivedAt]);

  return (
    <div role="status" className={isWaiting || hasArrived ? styles.line : undefined}>
      {isWaiting && (
        <span className={styles.words}>
          {tool === undefined ? t('app.frame.waitingAfterCopy') : t('app.frame.waitingForTool', { tool })}
        </span>
      )}
      {hasArrived && firstSeen && (
        <>
          <span className={styles.good}>
            <CheckIcon />
          </span>
          <span className={styles.words}>
            {firstSeen.model === undefined
              ? rich('app.frame.firstRequest', { strong, tool: <Name>{firstSeen.tool}</Name> })
              : rich('app.frame.firstRequestOfModel', {
                  strong,
                  tool: <Name>{firstSeen.tool}</Name>,
                  model: <Name>{firstSeen.model}</Name>,
                })}
          </span>
        </>
      )}
      {(isWaiting || hasArrived) && (
        <IconButton
          label={t('app.action.dismiss')}
          className={styles.dismiss}
          onClick={() => store.dismissFirstRequest(Math.max(waitingSince, arrivedAt))}
        >
          <CloseIcon />
        </IconButton>
      )}
    </div>
  );
}
