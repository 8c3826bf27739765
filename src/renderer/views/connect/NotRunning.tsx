import { type PlainKey, t } from '../../../words/index.js';
import { Button } from '../../components/Button.js';
import { Notice } from '../../components/Notice.js';
import { rich, strong } from '../../components/rich.js';
import { signIn } from '../../store/actions.js';
import { useAction } from '../../store/use-action.js';
import { store, useStore } from '../../store/use-store.js';
import { type Obstacle, obstacleOf } from '../session/session-words.js';

/** What is in the way of a tool's first request, and the button that fixes it; nothing while the proxy runs. */
export function NotRunning() {
  const proxy = useStore((state) => state.app?.proxy);
  const session = useStore((state) => state.app?.session);
  const { busy, run } = useAction();
  if (!proxy || !session || proxy.status === 'running') return null;
  const obstacle = obstacleOf(session, proxy);
  const fix = obstacle && FIXES[obstacle];
  if (fix) {
    return (
      <Notice tone="warning" action={<Button onClick={fix.act}>{t(fix.label)}</Button>}>
        {t(fix.words)}
      </Notice>
    );
  }
  if (proxy.status === 'starting') return <Notice tone="plain">{t('app.connect.starting')}</Notice>;
  if (proxy.status === 'stopping') return <Notice tone="plain">{t('app.connect.stopping')}</Notice>;
  return (
    <Notice
      tone={proxy.status === 'failed' ? 'bad' : 'warning'}
      action={
        <Button disabled={busy} onClick={() => void run('proxy:start', undefined)}>
          {t('app.connect.start')}
        </Button>
      }
    >
      {proxy.status === 'failed' ? (
        <>
          <strong>{proxy.error.message}</strong> {proxy.error.hint}
        </>
      ) : (
        rich('app.connect.stopped', { strong })
      )}
    </Notice>
  );
}

const toSettings = () => store.show('settings');

/** The obstacles that starting the proxy does not clear away: what to say, what to press, and what that does. */
const FIXES: Partial<Record<Obstacle, { words: PlainKey; label: PlainKey; act: () => void }>> = {
  signed_out: { words: 'app.connect.signInFirst', label: 'app.action.signIn', act: () => void signIn() },
  signing_in: { words: 'app.account.continueInBrowser', label: 'app.action.settings', act: toSettings },
  expired: { words: 'app.connect.sessionEnded', label: 'app.action.signInAgain', act: () => void signIn() },
  no_project: { words: 'app.connect.chooseProject', label: 'app.action.choose', act: toSettings },
};
