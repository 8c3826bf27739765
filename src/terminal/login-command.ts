import { type Account, createAccount } from '../session/account.js';
import { createSession } from '../session/create-session.js';
import type { Session, SignedIn } from '../session/session.js';
import { DEFAULT_CONFIG } from '../settings/config.js';
import { MeshbarError } from '../shared/errors.js';
import { EXIT, print, printError, printProblem } from './output.js';
import { personText } from './person.js';
import { plainText } from './plain-text.js';

export interface LoginOptions {
  readonly apiUrl?: string;
  readonly browser: boolean;
}

/** Signs in by way of the browser, then sees to a project; Ctrl-C cancels. */
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
        print(
          options.browser
            ? 'Your browser opens to sign in. If it does not, open this address:'
            : 'Open this address to sign in:',
        );
        print(`\n  ${url}\n`);
        print('Waiting for the browser, five minutes at most; Ctrl-C cancels.');
      },
      onProblem: printError,
    });
    welcome(signedIn);
    warnOfVariable(session);
    await seeToProject(session, createAccount(session));
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
  print(`Signed in as ${personText(user)}.`);
}

/** A variable wins over the session: whoever signs in should know that it changes nothing. */
function warnOfVariable({ state }: Session): void {
  if (state.status !== 'environment') return;
  printProblem(`${state.variable} is set here and is used instead of this session.`);
}

/** Somebody with one project has nothing to choose. */
async function seeToProject(session: Session, account: Account): Promise<void> {
  if (await session.project()) return;
  const projects = await account.projects().catch(() => undefined);
  const [only, ...others] = projects ?? [];
  if (only && others.length === 0) {
    await session.setProject(only.id);
    print(plainText(`Project: ${only.name} (${only.id}), your only one.`));
    return;
  }
  print('Choose a project: `meshbar project list` shows yours, `meshbar project use <id-or-name>` chooses one.');
}
