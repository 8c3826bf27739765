import { type Account, createAccount } from '../session/account.js';
import { createSession } from '../session/create-session.js';
import type { Session } from '../session/session.js';
import { DEFAULT_CONFIG } from '../settings/config.js';
import { EXIT, printError } from './output.js';

/**
 * Does what a command about the session does, and gives its exit code. Ctrl-C waits for a refresh that is under way: its
 * new refresh token would be lost. A second one does not wait.
 */
export async function withSession(work: (session: Session, account: Account) => Promise<void>): Promise<number> {
  const session = createSession({ config: DEFAULT_CONFIG });
  const stop = () => process.exit(EXIT.cut);
  let stopping = false;
  const onSignal = () => {
    if (stopping) stop();
    stopping = true;
    session.close().then(stop, stop);
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  try {
    await work(session, createAccount(session));
    return EXIT.ok;
  } catch (error) {
    printError(error);
    return EXIT.failed;
  } finally {
    await session.close();
    process.off('SIGINT', onSignal);
    process.off('SIGTERM', onSignal);
  }
}
