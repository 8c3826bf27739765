import { useEffect } from 'react';
import { store, useStore } from '../store/use-store.js';
import { IconButton } from './Button.js';
import styles from './FirstRequestLine.module.css';
import { CheckIcon, CloseIcon } from './icons.js';

/** How long the good news stays. */
const ARRIVED_MS = 8000;

/** After copying: that Meshbar waits for the tool, and then which one came. */
export function FirstRequestLine() {
  const first = useStore((state) => state.firstRequest);
  useEffect(() => {
    if (first?.status !== 'arrived') return;
    const timer = setTimeout(() => store.dismissFirstRequest(), ARRIVED_MS);
    return () => clearTimeout(timer);
  }, [first]);
  return (
    <div role="status" className={first ? styles.line : undefined}>
      {first?.status === 'waiting' && (
        <span className={styles.words}>Copied. Paste it where your tool runs: waiting for the first request.</span>
      )}
      {first?.status === 'arrived' && (
        <>
          <span className={styles.good}>
            <CheckIcon />
          </span>
          <span className={styles.words}>
            It works: a request from <strong>{first.tool}</strong>
            {first.model && `, ${first.model}`}.
          </span>
        </>
      )}
      {first && (
        <IconButton label="Dismiss" className={styles.dismiss} onClick={() => store.dismissFirstRequest()}>
          <CloseIcon />
        </IconButton>
      )}
    </div>
  );
}
