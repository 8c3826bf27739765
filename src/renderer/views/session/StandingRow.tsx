import { useState } from 'react';
import type { SessionView } from '../../../shared/ipc.js';
import type { SessionUser } from '../../../shared/session.js';
import { Button } from '../../components/Button.js';
import { CopyButton } from '../../components/CopyButton.js';
import { Confirm } from '../../components/Dialog.js';
import { ErrorText } from '../../components/ErrorText.js';
import { copyText, signIn } from '../../store/actions.js';
import { useAction } from '../../store/use-action.js';
import { store, useStore } from '../../store/use-store.js';
import { ProfileMenu } from './ProfileMenu.js';
import { Row } from './Row.js';
import styles from './session.module.css';
import { inTime, personOf } from './session-words.js';
import { useCountdown } from './use-countdown.js';

/** How the session stands, and what can be done about it. */
export function StandingRow({ session }: { session: SessionView }) {
  switch (session.status) {
    case 'signed_out':
      return (
        <>
          <Row words="Not signed in" hint="Signing in opens MeshAgent in your browser.">
            <ProfileMenu />
            <Button kind="primary" onClick={() => void signIn()}>
              Sign in
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
          words={`The token comes from the variable ${session.variable}`}
          hint="It counts before any session. To sign in instead, start Meshbar without it."
        />
      );
    case 'expired':
      return (
        <>
          <Row
            words={personOf(session.user)}
            hint="The session has ended: requests are refused until you sign in again."
          >
            <ProfileMenu />
            <Button kind="primary" onClick={() => void signIn()}>
              Sign in again
            </Button>
          </Row>
          <ErrorText error={session.problem} />
        </>
      );
    case 'offline':
      return (
        <Row
          words={personOf(session.user)}
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
    <Row
      words="Finish signing in in your browser"
      hint="Did no page open? Copy the address and open it on this machine."
    >
      {url !== undefined && <CopyButton label="Copy the address to sign in at" onCopy={() => copyText(url)} />}
      <Button onClick={() => void store.attempt('session:cancel-sign-in', undefined)}>Cancel</Button>
    </Row>
  );
}

function Offline({ retryAt, reason }: { retryAt: number; reason: string | undefined }) {
  const now = useCountdown(retryAt);
  return (
    <>
      The session can’t be renewed: {reason ?? 'MeshAgent can’t be reached.'} Tries again {inTime(retryAt, now)}.
    </>
  );
}

/** Where the token comes from that requests carry. */
function TokenSource() {
  const proxy = useStore((state) => state.app?.proxy);
  if (proxy?.status !== 'running') return null;
  return <p className={styles.below}>Requests carry the token of {proxy.upstreamTokenSource}.</p>;
}

/** The name, and below it the address, as far as they are known. */
function person(user: SessionUser): { words: string; hint: string | undefined } {
  return user.name === undefined ? { words: personOf(user), hint: undefined } : { words: user.name, hint: user.email };
}

function SignOut() {
  const [asks, setAsks] = useState(false);
  const { busy, error, run } = useAction();
  return (
    <>
      <Button disabled={busy} onClick={() => setAsks(true)}>
        Sign out
      </Button>
      <ErrorText error={error} />
      {asks && (
        <Confirm
          title="Sign out?"
          action="Sign out"
          danger
          onCancel={() => setAsks(false)}
          onConfirm={() => {
            setAsks(false);
            void run('session:sign-out', undefined);
          }}
        >
          Requests are refused until you sign in again. The meshagent command shares this session and is signed out too.
        </Confirm>
      )}
    </>
  );
}
