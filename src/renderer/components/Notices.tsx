import { t } from '../../words/index.js';
import { signIn } from '../store/actions.js';
import { useBusy } from '../store/use-busy.js';
import { store, useStore } from '../store/use-store.js';
import { isThisMachine } from '../views/settings/this-machine.js';
import { Button } from './Button.js';
import { Notice } from './Notice.js';
import { rich, strong } from './rich.js';

/** What a person must know whichever view they look at. */
export function Notices() {
  const app = useStore((state) => state.app);
  const [isLeaving, leave] = useBusy();
  if (!app) return null;
  const { proxy, demo, notices } = app;
  const latest = notices[0];
  return (
    <>
      {proxy.status === 'running' && proxy.insecure && (
        <Notice
          tone="danger"
          role="alert"
          action={
            <Button kind="onDanger" onClick={() => store.show('settings')}>
              {t('app.action.settings')}
            </Button>
          }
        >
          {rich(isThisMachine(proxy.host) ? 'app.frame.insecureHere' : 'app.frame.insecureOnNetwork', { strong })}
        </Notice>
      )}
      {demo && (
        <Notice
          tone="plain"
          action={
            <Button kind="link" disabled={isLeaving} onClick={() => leave(signIn)}>
              {t('app.action.signIn')}
            </Button>
          }
        >
          {rich('app.frame.demo', { strong })}
        </Notice>
      )}
      {latest && (
        <Notice tone="warning" onDismiss={() => void store.attempt('app:dismiss-notice', { id: latest.id })}>
          {notices.length > 1
            ? t('app.frame.moreNotices', { text: latest.text, count: notices.length - 1 })
            : latest.text}
        </Notice>
      )}
    </>
  );
}
