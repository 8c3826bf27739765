import { EventEmitter } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { WebContents } from 'electron';
import { onTestFinished, vi } from 'vitest';
import { redact } from '../../src/files/secrets.js';
import { createCopier } from '../../src/main/copy/copier.js';
import { createAppEngine } from '../../src/main/engine/app-engine.js';
import type { Push } from '../../src/main/ipc/push.js';
import { createRequests } from '../../src/main/ipc/requests.js';
import { createLog } from '../../src/main/notices/log.js';
import { createNotices } from '../../src/main/notices/notices.js';
import type { SystemNotification } from '../../src/main/notices/notifications.js';
import { createProblems } from '../../src/main/notices/problems.js';
import { createPriceList } from '../../src/main/settings/price-list.js';
import { proxyConfigOf } from '../../src/main/settings/proxy-config.js';
import { createSignal } from '../../src/main/signal.js';
import { appState } from '../../src/main/state/app-state.js';
import { createStatusSource } from '../../src/main/state/status.js';
import { createFirstRequest } from '../../src/main/usage/first-request.js';
import { createToday } from '../../src/main/usage/today.js';
import { pageAddress } from '../../src/main/windows/page-address.js';
import type { Settings } from '../../src/settings/app-settings.js';
import { meshbarPaths } from '../../src/settings/paths.js';
import type { Answer, Answers, PushName, RequestInput, RequestName } from '../../src/shared/ipc.js';
import { createSimulator } from '../../src/simulator/index.js';
import { freePort } from '../e2e/launch.js';
import { type SavedFile, signedIn } from './session-home.js';
import { tempFolder } from './temp-folder.js';

// electron-store asks the electron package where the app is; outside Electron that answers with a path, and with this
// set it does not fetch Electron first.
process.env.ELECTRON_OVERRIDE_DIST_PATH ??= path.resolve('nowhere');
const { createSettings } = await import('../../src/main/settings/settings.js');

export interface TestAppOptions {
  readonly demo?: boolean;
  readonly settings?: Partial<Settings>;
  /** Of the `meshagent` command's file; `undefined`: there is none, so nobody is signed in. */
  readonly session?: (file: SavedFile) => SavedFile | undefined;
}

/**
 * The parts of the app without Electron, for a user with folders of their own who is signed in to a simulated MeshAgent.
 * Where Electron would act, what it is asked for is kept. Closed when the test is over.
 */
export async function createTestApp({ demo = false, settings: stored = {}, session }: TestAppOptions = {}) {
  const simulator = await createSimulator().start();
  onTestFinished(() => simulator.stop());
  const home = await userHome(simulator.url, simulator.issueSession(), session);
  const paths = meshbarPaths({ MESHBAR_HOME: path.join(home, 'meshbar') });
  await mkdir(paths.home, { recursive: true });
  await writeFile(path.join(paths.home, 'settings.json'), JSON.stringify({ port: await freePort(), ...stored }));

  const log = createLog(path.join(paths.home, 'logs'));
  const changes = createSignal();
  const notices = createNotices(changes.emit);
  const problems = createProblems(log, notices);
  const { onProblem } = problems;
  const settings = createSettings(paths.home, onProblem);
  const config = () => proxyConfigOf(settings.current);
  // Built before the tests run: a thread can't be started from TypeScript.
  const ledgerWorker = path.resolve('out/terminal/ledger-worker.js');
  const engine = await createAppEngine({ version: '1.2.3-test', ledgerWorker, paths, config, onProblem }, demo);
  onTestFinished(() => engine.close());
  const firstRequest = createFirstRequest(changes.emit);
  const today = createToday(() => engine.current.ledger);
  onTestFinished(() => today.close());
  const priceList = createPriceList({
    file: paths.prices,
    ledger: () => engine.current.ledger,
    onChange: changes.emit,
    onProblem,
  });
  const copied: { readonly text: string; readonly isSecret: boolean }[] = [];
  const toClipboard = async (text: string, { isSecret }: { isSecret: boolean }) => void copied.push({ text, isSecret });
  const copier = createCopier({ engine, settings, toClipboard, onCopied: firstRequest.copied });
  const refused: { readonly name: string; readonly error: unknown }[] = [];
  const requests = createRequests({ redact, onError: (name, error) => refused.push({ name, error }) });
  const pushed: { readonly page: WebContents; readonly name: PushName; readonly value: unknown }[] = [];
  const push: Push<WebContents> = (page, name, value) => void pushed.push({ page, name, value });
  const notified: SystemNotification[] = [];
  const parts = {
    version: '1.2.3-test',
    engine,
    statusSource: createStatusSource(engine, changes.emit),
    settings,
    notices,
    shortcut: { problem: undefined },
    updater: { state: { status: 'idle' } as const },
    priceList,
    firstRequest,
  };
  const page = createPage();
  return {
    ...parts,
    ...problems,
    simulator,
    userHome: home,
    paths,
    home: paths.home,
    log,
    changes,
    config,
    today,
    copier,
    copied,
    copyText: (text: string) => void copied.push({ text, isSecret: false }),
    copySecret: async (text: string) => void copied.push({ text, isSecret: true }),
    requests,
    refused,
    push,
    pushed,
    notified,
    notify: (told: SystemNotification) => void notified.push(told),
    state: (isBusy?: boolean) => appState(parts, isBusy),
    /** The page of its one window. */
    page,
    /** Asks as that page does. */
    ask: <Name extends RequestName>(name: Name, input: RequestInput<Name>, sender = page) =>
      requests.answer(
        { senderFrame: { url: pageAddress('en-US'), parent: null }, sender },
        name,
        // As it comes out of another process.
        structuredClone(input),
      ) as Promise<Answer<Answers[Name]>>,
  };
}

/** Stands for a page in a window, as far as handlers know one. */
function createPage(id = 1): WebContents {
  return Object.assign(new EventEmitter(), { id }) as unknown as WebContents;
}

/** A home folder that this process takes for the user's, with their session in it. */
async function userHome(
  apiUrl: string,
  tokens: { readonly accessToken: string; readonly refreshToken: string },
  session: TestAppOptions['session'] = (file) => file,
): Promise<string> {
  const home = tempFolder();
  vi.stubEnv('HOME', home);
  vi.stubEnv('USERPROFILE', home);
  for (const name of Object.keys(process.env)) if (/^MESHAGENT_/.test(name)) vi.stubEnv(name, undefined);
  vi.stubEnv('MESHAGENT_API_URL', apiUrl);
  onTestFinished(() => void vi.unstubAllEnvs());
  const saved = session(signedIn(apiUrl, tokens));
  if (saved) {
    await mkdir(path.join(home, '.meshagent'), { mode: 0o700 });
    await writeFile(path.join(home, '.meshagent', 'settings.json'), JSON.stringify(saved), { mode: 0o600 });
  }
  return home;
}
