import { Button } from '../../components/Button.js';
import { Notice } from '../../components/Notice.js';
import { signIn } from '../../store/actions.js';
import { useAction } from '../../store/use-action.js';
import { store, useStore } from '../../store/use-store.js';
import { type Obstacle, obstacleOf } from '../session/session-words.js';

/** What is in the way of a tool's first request, and the button that mends it; nothing while the proxy runs. */
export function NotRunning() {
  const proxy = useStore((state) => state.app?.proxy);
  const session = useStore((state) => state.app?.session);
  const { busy, run } = useAction();
  if (!proxy || !session || proxy.status === 'running') return null;
  const obstacle = obstacleOf(session, proxy);
  const mend = obstacle && MENDS[obstacle];
  if (mend) {
    return (
      <Notice tone="warning" action={<Button onClick={mend.act}>{mend.label}</Button>}>
        {mend.words}
      </Notice>
    );
  }
  if (proxy.status === 'starting') return <Notice tone="plain">The proxy is starting.</Notice>;
  if (proxy.status === 'stopping') return <Notice tone="plain">The proxy is stopping.</Notice>;
  return (
    <Notice
      tone={proxy.status === 'failed' ? 'bad' : 'warning'}
      action={
        <Button disabled={busy} onClick={() => void run('proxy:start', undefined)}>
          Start
        </Button>
      }
    >
      {proxy.status === 'failed' ? (
        <>
          <strong>{proxy.error.message}</strong> {proxy.error.hint}
        </>
      ) : (
        <>
          <strong>The proxy is stopped.</strong> No tool is answered until it runs.
        </>
      )}
    </Notice>
  );
}

const toSettings = () => store.show('settings');

/** The obstacles that starting the proxy does not clear away. */
const MENDS: Partial<Record<Obstacle, { words: string; label: string; act: () => void }>> = {
  signed_out: {
    words: 'Sign in first: the proxy calls MeshAgent in your name.',
    label: 'Sign in',
    act: () => void signIn(),
  },
  signing_in: { words: 'Finish signing in in your browser.', label: 'Settings', act: toSettings },
  expired: { words: 'Your session has ended.', label: 'Sign in again', act: () => void signIn() },
  no_project: { words: 'Choose the project that requests are billed to.', label: 'Choose', act: toSettings },
};
