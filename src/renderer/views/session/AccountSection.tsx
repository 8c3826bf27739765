import { t } from '../../../words/index.js';
import { Button } from '../../components/Button.js';
import { Section } from '../../components/Section.js';
import { signIn } from '../../store/actions.js';
import { useBusy } from '../../store/use-busy.js';
import { store, useStore } from '../../store/use-store.js';
import { BalanceRow } from './BalanceRow.js';
import { ProjectRow } from './ProjectRow.js';
import { Row } from './Row.js';
import { StandingRow } from './StandingRow.js';

/** Whose session it is, and which project pays. */
export function AccountSection() {
  const session = useStore((state) => state.app?.session);
  const isDemo = useStore((state) => state.app?.demo ?? false);
  const [isLeaving, leave] = useBusy();
  if (!session) return null;
  if (isDemo) {
    return (
      <Section title={t('app.account.title')}>
        <Row words={t('app.account.demo')} hint={t('app.account.demoHint')}>
          <Button disabled={isLeaving} onClick={() => leave(() => store.attempt('demo:leave', undefined))}>
            {t('app.account.leaveDemo')}
          </Button>
          <Button kind="primary" disabled={isLeaving} onClick={() => leave(signIn)}>
            {t('app.action.signIn')}
          </Button>
        </Row>
      </Section>
    );
  }
  const hasAccount = session.status === 'signed_in' || session.status === 'offline' || session.status === 'environment';
  const owner = `${session.status} ${'user' in session ? session.user.id : ''}`;
  return (
    <Section title={t('app.account.title')}>
      <StandingRow session={session} />
      {hasAccount && <ProjectRow key={owner} projectId={session.projectId} />}
      {hasAccount && session.projectId !== undefined && <BalanceRow key={`${owner} ${session.projectId}`} />}
    </Section>
  );
}
