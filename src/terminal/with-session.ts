import { type Account, createAccount } from '../session/account.js';
import { createSession } from '../session/create-session.js';
import type { Session } from '../session/session.js';
import { DEFAULT_CONFIG } from '../settings/config.js';
import { EXIT, printError } from './output.js';

/**
 * Runs a command about the session, and gives its exit code. Ctrl-C waits for a refresh that is under way, whose new
 * refresh token would be lost; a second Ctrl-C does not wait.
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
