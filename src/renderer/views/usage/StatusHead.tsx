import { memo, useId } from 'react';
import type { ErrorInfo } from '../../../shared/errors.js';
import { Button } from '../../components/Button.js';
import { CopyButton } from '../../components/CopyButton.js';
import { classNames } from '../../components/class-names.js';
import { Switch } from '../../components/Switch.js';
import { copyAddress } from '../../store/actions.js';
import { store, useStore } from '../../store/use-store.js';
import styles from './StatusHead.module.css';
import { addressOf, remedyOf, statusWords } from './status-words.js';

/** Whether the proxy runs, and where; the one big switch; what is in the way, and what mends it. */
export const StatusHead = memo(function StatusHead() {
  const proxy = useStore((state) => state.app?.proxy);
  const settings = useStore((state) => state.app?.settings);
  const id = useId();
  if (!proxy || !settings) return null;
  const { tone, title } = statusWords(proxy);
  const address = addressOf(proxy, settings);
  const isOn = proxy.status === 'running' || proxy.status === 'starting';
  return (
    <header className={styles.head}>
      <div className={styles.line}>
        <span className={classNames(styles.dot, styles[tone])} aria-hidden="true" />
        <div className={styles.words} role="status">
          <h1 id={id} className={classNames(styles.title, tone === 'bad' && styles.isBad)}>
            {title}
          </h1>
          <p className={styles.address}>
            <code className="selectable">{address}</code>
            {proxy.status === 'running' && (
              <span className={styles.copy}>
                <CopyButton label="Copy the address" onCopy={copyAddress} />
              </span>
            )}
          </p>
        </div>
        {proxy.status === 'stopping' && (
          <Button onClick={() => void store.attempt('proxy:stop', { now: true })}>Stop now</Button>
        )}
        <Switch
          size="large"
          label="Proxy"
          describedBy={id}
          checked={isOn}
          busy={tone === 'busy'}
          disabled={proxy.status === 'stopping'}
          onChange={(on) =>
            void (on ? store.attempt('proxy:start', undefined) : store.attempt('proxy:stop', { now: false }))
          }
        />
      </div>
      {proxy.status === 'failed' && <Failure error={proxy.error} />}
    </header>
  );
});

/** What a session is in need of is asked for below, where the session is shown. */
function Failure({ error }: { error: ErrorInfo }) {
  const remedy = remedyOf(error);
  if (remedy === 'session') return null;
  return (
    <div className={styles.failure} role="alert">
      <p>
        <strong>{error.message}</strong> {error.hint}
      </p>
      <div className={styles.remedies}>
        {remedy === 'settings' && <Button onClick={() => store.show('settings')}>Open Settings</Button>}
        <Button onClick={() => void store.attempt('proxy:start', undefined)}>Try again</Button>
        <Button onClick={() => store.show('check')}>Check</Button>
      </div>
    </div>
  );
}
