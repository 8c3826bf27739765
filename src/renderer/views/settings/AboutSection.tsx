import type { UpdateState } from '../../../shared/ipc.js';
import type { Settings } from '../../../shared/settings.js';
import { Button } from '../../components/Button.js';
import { Section } from '../../components/Section.js';
import { store, useStore } from '../../store/use-store.js';
import { OverheadLine } from './OverheadLine.js';
import { SelectRow } from './SettingRows.js';
import styles from './settings.module.css';

const CHANNELS = [
  { value: 'latest', label: 'Releases' },
  { value: 'beta', label: 'Betas too' },
] as const;

export function AboutSection({ settings }: { settings: Settings }) {
  const version = useStore((state) => state.app?.version ?? '');
  const update = useStore((state) => state.app?.update);
  return (
    <Section title="About">
      <div className={styles.line}>
        <div>
          Meshbar {version}
          <OverheadLine />
          {update && (
            <p className={styles.hint} role="status">
              {updateWords(update)}
            </p>
          )}
        </div>
        {update?.status === 'ready' ? (
          <Button kind="primary" onClick={() => void store.attempt('update:install', undefined)}>
            Restart and install
          </Button>
        ) : (
          update &&
          update.status !== 'off' && (
            <Button
              disabled={update.status === 'checking' || update.status === 'downloading'}
              onClick={() => void store.attempt('update:check', undefined)}
            >
              Check for updates
            </Button>
          )
        )}
      </div>
      <SelectRow
        label="Updates"
        options={CHANNELS}
        value={settings.updateChannel}
        change={(updateChannel) => ({ updateChannel })}
      />
      <div className={styles.line}>
        <Button kind="link" onClick={() => void store.attempt('app:open-link', { link: 'meshagent' })}>
          MeshAgent’s website
        </Button>
        <Button onClick={() => void store.attempt('app:quit', undefined)}>Quit Meshbar</Button>
      </div>
    </Section>
  );
}

function updateWords(update: UpdateState): string {
  switch (update.status) {
    case 'off':
    case 'failed':
      return update.reason;
    case 'idle':
      return 'Looks for updates once a day.';
    case 'checking':
      return 'Looking for updates…';
    case 'current':
      return 'This is the newest version.';
    case 'downloading':
      return `Fetching version ${update.version}…`;
    case 'ready':
      return `Version ${update.version} is ready.`;
  }
}
