import type { UpdateState } from '../../../shared/ipc.js';
import { t } from '../../../words/index.js';
import { Button } from '../../components/Button.js';
import { Section } from '../../components/Section.js';
import { store, useStore } from '../../store/use-store.js';
import { OverheadLine } from './OverheadLine.js';
import { SettingRows } from './SettingRows.js';
import styles from './settings.module.css';

export function AboutSection() {
  const version = useStore((state) => state.app?.version ?? '');
  const update = useStore((state) => state.app?.update);
  return (
    <Section title={t('app.settings.about')}>
      <div className={styles.line}>
        <div>
          {t('app.settings.version', { version })}
          <OverheadLine />
          {update && (
            <p className={styles.hint} role="status">
              {updateWords(update)}
            </p>
          )}
        </div>
        {update?.status === 'ready' ? (
          <Button kind="primary" onClick={() => void store.attempt('update:install', undefined)}>
            {t('app.settings.install')}
          </Button>
        ) : (
          update &&
          update.status !== 'off' && (
            <Button
              disabled={update.status === 'checking' || update.status === 'downloading'}
              onClick={() => void store.attempt('update:check', undefined)}
            >
              {t('app.settings.checkForUpdates')}
            </Button>
          )
        )}
      </div>
      <SettingRows section="about" />
      <div className={styles.line}>
        <Button kind="link" onClick={() => void store.attempt('app:open-link', { link: 'meshagent' })}>
          {t('app.settings.website')}
        </Button>
        <Button onClick={() => void store.attempt('app:quit', undefined)}>{t('app.settings.quit')}</Button>
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
      return t('app.settings.update.idle');
    case 'checking':
      return t('app.settings.update.checking');
    case 'current':
      return t('app.settings.update.current');
    case 'downloading':
      return t('app.settings.update.downloading', { version: update.version });
    case 'ready':
      return t('app.settings.update.ready', { version: update.version });
  }
}
