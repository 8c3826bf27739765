import { toneOf } from '../../../shared/app-status.js';
import { statusReason, statusTitle } from '../../../words/format-status.js';
import { Notice } from '../../components/Notice.js';
import { Remedy } from '../../components/Remedy.js';
import { rich, strong } from '../../components/rich.js';
import { useStore } from '../../store/use-store.js';

/** What is in the way of a tool's first request, and the button that fixes it; nothing while requests pass. */
export function NotRunning() {
  const status = useStore((state) => state.app?.status);
  if (!status) return null;
  const { state } = status;
  if (state === 'running' || state === 'busy' || state === 'degraded') return null;
  const isBad = toneOf(status) === 'bad';
  return (
    <Notice tone={isBad ? 'bad' : state === 'stopped' ? 'warning' : 'plain'} action={<Remedy status={status} />}>
      {state === 'stopped' ? (
        rich('app.connect.stopped', { strong })
      ) : (
        <>
          <strong>{statusTitle(status)}</strong> {statusReason(status)}
        </>
      )}
    </Notice>
  );
}
