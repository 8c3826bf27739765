import { useEffect, useState } from 'react';
import { t } from '../../../words/index.js';
import { Button } from '../../components/Button.js';
import { CopyButton } from '../../components/CopyButton.js';
import { Confirm } from '../../components/Dialog.js';
import { ErrorText } from '../../components/ErrorText.js';
import { Section } from '../../components/Section.js';
import { copy } from '../../store/actions.js';
import { useAction } from '../../store/use-action.js';
import { usePreview } from '../../store/use-preview.js';
import { useStore } from '../../store/use-store.js';
import { Consequences } from './Consequences.js';
import styles from './settings.module.css';

/** What tools show the proxy: masked until somebody asks for it. */
export function KeySection({ insecure }: { insecure: boolean }) {
  const isDemo = useStore((state) => state.app?.demo ?? false);
  const proxy = useStore((state) => state.app?.proxy);
  const masked = usePreview({ kind: 'local-key' });
  const [shown, setShown] = useState<string>();
  const [asks, setAsks] = useState(false);
  const [told, setTold] = useState<readonly string[]>([]);
  const { busy, error, run } = useAction();

  // Whoever opens the popover next may have somebody beside them.
  useEffect(() => {
    const hide = () => {
      if (document.visibilityState === 'hidden') setShown(undefined);
    };
    document.addEventListener('visibilitychange', hide);
    return () => document.removeEventListener('visibilitychange', hide);
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another mask is another key
  useEffect(() => setShown(undefined), [masked.value?.masked]);

  if (insecure) return null;

  async function show(): Promise<void> {
    const answer = await run('key:show', undefined);
    if (answer.ok) setShown(answer.value.localKey);
  }

  async function rotate(): Promise<void> {
    setAsks(false);
    const answer = await run('key:rotate', undefined);
    if (!answer.ok) return;
    setTold(answer.value.consequences);
    setShown(undefined);
    masked.reload();
  }

  return (
    <Section title={t('app.settings.localKey')}>
      <Consequences told={told} onDismiss={() => setTold([])} />
      <div className={styles.key}>
        <code className={`selectable ${styles.secret}`}>{shown ?? masked.value?.masked}</code>
        <Button onClick={() => (shown === undefined ? void show() : setShown(undefined))} disabled={busy}>
          {t(shown === undefined ? 'app.settings.showKey' : 'app.settings.hideKey')}
        </Button>
        <CopyButton
          label={t('app.settings.copyKey')}
          text={t('app.action.copy')}
          onCopy={() => copy({ kind: 'local-key' })}
        />
        {!isDemo && (
          <Button disabled={busy} onClick={() => setAsks(true)}>
            {t('app.settings.replaceKey')}
          </Button>
        )}
      </div>
      <ErrorText error={error ?? masked.error} />
      {proxy?.status === 'running' && (
        <p className={styles.hint}>{t('app.settings.keySource', { source: proxy.localKeySource })}</p>
      )}
      {asks && (
        <Confirm
          title={t('app.settings.newKey.question')}
          action={t('app.settings.newKey.yes')}
          danger
          onConfirm={() => void rotate()}
          onCancel={() => setAsks(false)}
        >
          {t('app.settings.newKey.text')}
        </Confirm>
      )}
    </Section>
  );
}
