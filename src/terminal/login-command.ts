import { type Account, createAccount } from '../session/account.js';
import { createSession } from '../session/create-session.js';
import type { Session, SignedIn } from '../session/session.js';
import { DEFAULT_CONFIG } from '../settings/config.js';
import { MeshbarError } from '../shared/errors.js';
import { t } from '../words/index.js';
import { EXIT, print, printError, printProblem } from './output.js';
import { personText } from './person.js';
import { plainText } from './plain-text.js';

export interface LoginOptions {
  readonly apiUrl?: string;
  readonly browser: boolean;
}

/** Signs in through the browser, then makes sure that there is a project; Ctrl-C cancels. */
export async function runLogin(options: LoginOptions): Promise<number> {
  const config = { ...DEFAULT_CONFIG, ...(options.apiUrl ? { apiUrl: options.apiUrl } : {}) };
  const session = createSession({ config });
  const cancel = new AbortController();
  const onSignal = () => cancel.abort();
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  try {
    const signedIn = await session.signIn({
      signal: cancel.signal,
      openBrowser: options.browser,
      onUrl(url) {
        print(t(options.browser ? 'terminal.account.browserOpens' : 'terminal.account.openAddress'));
        print(`\n  ${url}\n`);
        print(t('terminal.account.waiting'));
      },
      onProblem: printError,
    });
    welcome(signedIn);
    warnOfVariable(session);
    await ensureProject(session, createAccount(session));
    return EXIT.ok;
  } catch (error) {
    printError(error);
    return error instanceof MeshbarError && error.code === 'sign_in_cancelled' ? EXIT.cut : EXIT.failed;
  } finally {
    process.off('SIGINT', onSignal);
    process.off('SIGTERM', onSignal);
    await session.close();
  }
}

function welcome({ user, problem }: SignedIn): void {
  if (problem) {
    printError(problem);
    return;
  }
  print(t('terminal.account.signedIn', { person: personText(user) }));
}

/** A variable wins over the session: somebody who signs in should know that it changes nothing. */
function warnOfVariable({ state }: Session): void {
  if (state.status !== 'environment') return;
  printProblem(t('terminal.account.variableWins', { variable: state.variable }));
}

/** Somebody with one project has nothing to choose. */
async function ensureProject(session: Session, account: Account): Promise<void> {
  if (await session.project()) return;
  const projects = await account.projects().catch(() => undefined);
  const [only, ...others] = projects ?? [];
  if (only && others.length === 0) {
    await session.setProject(only.id);
    print(plainText(t('terminal.account.onlyProject', { name: only.name, id: only.id })));
    return;
  }
  print(t('terminal.account.chooseProject'));
}
