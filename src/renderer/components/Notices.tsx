import { signIn } from '../store/actions.js';
import { useBusy } from '../store/use-busy.js';
import { store, useStore } from '../store/use-store.js';
import { insecureWords } from '../views/settings/address-problems.js';
import { Button } from './Button.js';
import { Notice } from './Notice.js';

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
              Settings
            </Button>
          }
        >
          <strong>Insecure.</strong> {insecureWords(proxy.host)}
        </Notice>
      )}
      {demo && (
        <Notice
          tone="plain"
          action={
            <Button kind="link" disabled={isLeaving} onClick={() => leave(signIn)}>
              Sign in
            </Button>
          }
        >
          <strong>Demo.</strong> A simulator answers; nothing costs.
        </Notice>
      )}
      {latest && (
        <Notice tone="warning" onDismiss={() => void store.attempt('app:dismiss-notice', { id: latest.id })}>
          {latest.text}
          {notices.length > 1 && ` (${notices.length - 1} more)`}
        </Notice>
      )}
    </>
  );
}
