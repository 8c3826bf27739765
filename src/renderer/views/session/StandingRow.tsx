import { type ReactNode, useState } from 'react';
import type { SessionView } from '../../../shared/ipc.js';
import type { SessionUser } from '../../../shared/session.js';
import { t } from '../../../words/index.js';
import { Button } from '../../components/Button.js';
import { Confirm } from '../../components/Dialog.js';
import { ErrorText } from '../../components/ErrorText.js';
import { Name } from '../../components/Name.js';
import { code, rich } from '../../components/rich.js';
import { signIn } from '../../store/actions.js';
import { useAction } from '../../store/use-action.js';
import { store, useStore } from '../../store/use-store.js';
import { CopyLink } from './CopyLink.js';
import { ProfileMenu } from './ProfileMenu.js';
import { Row } from './Row.js';
import styles from './session.module.css';
import { inTime, personOf } from './session-words.js';
import { useCountdown } from './use-countdown.js';

/** The state of the session, and what can be done about it. */
export function StandingRow({ session }: { session: SessionView }) {
  switch (session.status) {
    case 'signed_out':
      return (
        <>
          <Row words={t('app.account.notSignedIn')} hint={t('app.account.signInHint')}>
            <ProfileMenu />
            <Button kind="primary" onClick={() => void signIn()}>
              {t('app.action.signIn')}
            </Button>
          </Row>
          <ErrorText error={session.problem} />
        </>
      );
    case 'signing_in':
      return <SigningIn url={session.url} />;
    case 'environment':
      return (
        <Row
          words={rich('app.account.environment', { code, variable: session.variable })}
          hint={t('app.account.environmentHint')}
        />
      );
    case 'expired':
      return (
        <>
          <Row words={<Name>{personOf(session.user)}</Name>} hint={t('app.account.ended')}>
            <ProfileMenu />
            <Button kind="primary" onClick={() => void signIn()}>
              {t('app.action.signInAgain')}
            </Button>
          </Row>
          <ErrorText error={session.problem} />
        </>
      );
    case 'offline':
      return (
        <Row
          words={<Name>{personOf(session.user)}</Name>}
          hint={<Offline retryAt={session.retryAt} reason={session.reason?.message} />}
        >
          <ProfileMenu />
          <SignOut />
        </Row>
      );
    case 'signed_in':
      return (
        <>
          <Row {...person(session.user)}>
            <ProfileMenu />
            <SignOut />
          </Row>
          <TokenSource />
        </>
      );
  }
}

function SigningIn({ url }: { url: string | undefined }) {
  return (
    <Row words={t('app.account.continueInBrowser')} hint={url !== undefined && t('app.account.noPageOpened')}>
      {url !== undefined && <CopyLink url={url} />}
      <Button onClick={() => void store.attempt('session:cancel-sign-in', undefined)}>{t('app.action.cancel')}</Button>
    </Row>
  );
}

function Offline({ retryAt, reason }: { retryAt: number; reason: string | undefined }) {
  const now = useCountdown(retryAt);
  return t('app.account.cannotRenew', {
    reason: reason ?? t('app.account.unreachable'),
    when: inTime(retryAt, now),
  });
}

/** Where the session is kept that requests are sent with. */
function TokenSource() {
  const proxy = useStore((state) => state.app?.proxy);
  if (proxy?.status !== 'running') return null;
  return <p className={styles.below}>{t('app.account.session', { source: proxy.upstreamTokenSource })}</p>;
}

/** The name, and below it the address, as far as they are known. */
function person(user: SessionUser): { words: ReactNode; hint: ReactNode } {
  if (user.name === undefined) return { words: <Name>{personOf(user)}</Name>, hint: undefined };
  return { words: <Name>{user.name}</Name>, hint: user.email !== undefined && <Name>{user.email}</Name> };
}

function SignOut() {
  const [asks, setAsks] = useState(false);
  const { busy, error, run } = useAction();
  return (
    <>
      <Button disabled={busy} onClick={() => setAsks(true)}>
        {t('app.account.signOut')}
      </Button>
      <ErrorText error={error} />
      {asks && (
        <Confirm
          title={t('app.account.signOutQuestion')}
          action={t('app.account.signOut')}
          danger
          onCancel={() => setAsks(false)}
          onConfirm={() => {
            setAsks(false);
            void run('session:sign-out', undefined);
          }}
        >
          {rich('app.account.signOutMeaning', { code })}
        </Confirm>
      )}
    </>
  );
}
