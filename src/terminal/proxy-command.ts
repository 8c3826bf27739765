import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { type MeshbarPaths, meshbarPaths, type ProxyConfig } from '../core/config.js';
import { createCore } from '../core/core.js';
import type { Core, RunningProxy } from '../core/core-api.js';
import { addExchange, EMPTY_TOTALS } from '../core/ledger/snapshot.js';
import { envBlock, type Shell } from '../shared/env-block.js';
import { exchangeLine, totalsLine } from './lines.js';
import { EXIT, print, printError } from './output.js';
import { VERSION } from './version.js';

export interface ProxyOptions {
  readonly projectId?: string;
  readonly host: string;
  readonly port: number;
  readonly bearer?: string;
  readonly tokenFromEnv?: string;
  readonly apiUrl?: string;
  readonly insecure: boolean;
  readonly insecureExpose: boolean;
  readonly allowHost: readonly string[];
  readonly allowOrigin: readonly string[];
  readonly askUsage: boolean;
  /** Seconds. */
  readonly drain: number;
  readonly tui?: boolean;
  readonly json: boolean;
  readonly demo: boolean;
  readonly shell: Shell;
}

/** Runs the proxy until it is told to stop; gives the exit code. */
export async function runProxy(options: ProxyOptions): Promise<number> {
  let totals = EMPTY_TOTALS;
  const say = options.json ? (text: string) => process.stderr.write(`${text}\n`) : print;
  const demo = options.demo ? await startDemo() : undefined;
  let core: Core;
  try {
    core = await createCore({
      config: { ...configOf(options), ...demo?.config },
      version: VERSION,
      ledgerWorker: new URL('./ledger-worker.js', import.meta.url),
      ...(demo ? { env: demo.env, paths: demo.paths } : {}),
      onProblem: (message) => process.stderr.write(`meshbar: ${message}\n`),
    });
  } catch (error) {
    printError(error);
    await demo?.close();
    return EXIT.failed;
  }
  core.ledger.onAppended((records) => {
    for (const record of records) {
      totals = addExchange(totals, record);
      print(options.json ? JSON.stringify(record) : exchangeLine(record));
    }
  });
  try {
    const proxy = await core.start();
    if (demo) say('# Demo: answers come from the built-in simulator; nothing leaves this machine and nothing costs.');
    say(setupText(proxy, options.shell));
    demo?.begin(proxy);
    const cut = await stopSignal(core, options.drain * 1000);
    say(`# ${totalsLine(totals)}`);
    return cut ? EXIT.cut : EXIT.ok;
  } catch (error) {
    printError(error);
    return EXIT.failed;
  } finally {
    await core.close();
    await demo?.close();
  }
}

function configOf(options: ProxyOptions): ProxyConfig {
  return {
    host: options.host,
    port: options.port,
    insecure: options.insecure,
    allowInsecureExposure: options.insecureExpose,
    allowedHosts: options.allowHost,
    allowedOrigins: options.allowOrigin,
    askForUsage: options.askUsage,
    drainMs: options.drain * 1000,
    ...(options.projectId ? { projectId: options.projectId } : {}),
    ...(options.apiUrl ? { apiUrl: options.apiUrl } : {}),
    ...(options.tokenFromEnv ? { tokenFromEnv: options.tokenFromEnv } : {}),
    ...(options.bearer ? { bearer: options.bearer } : {}),
  };
}

/** Where it listens and how to use it; comments, so that the whole may be pasted into a shell. */
function setupText(proxy: RunningProxy, shell: Shell): string {
  const comment = shell === 'cmd' ? 'rem' : '#';
  const notes = [
    `Meshbar ${VERSION} listens on ${proxy.url} for project ${proxy.projectId}`,
    `MeshAgent token: ${proxy.upstreamTokenSource}`,
    `Local key: ${proxy.localKeySource}`,
  ];
  const block = envBlock({ url: proxy.url, localKey: proxy.localKey, shell });
  // JSON has no comments: there the notes stand alone above it.
  return `${notes.map((note) => `${comment} ${note}`).join('\n')}\n${block.trimEnd()}`;
}

/** Resolves once the proxy has stopped: true if a second signal cut what was in flight. */
function stopSignal(core: Core, graceMs: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    let stopping = false;
    const onSignal = () => {
      if (stopping) {
        core.stop({ graceMs: 0 }).then(() => resolve(true), reject);
        return;
      }
      stopping = true;
      const inFlight = core.active.length;
      if (inFlight > 0) {
        process.stderr.write(
          `meshbar: waiting for ${inFlight} request(s) in flight; press Ctrl-C again to cut them.\n`,
        );
      }
      core
        .stop({ graceMs })
        .then(() => core.ledger.flush())
        .then(() => resolve(false), reject);
    };
    process.on('SIGINT', onSignal);
    process.on('SIGTERM', onSignal);
  });
}

/** The simulator behind, a ledger that is thrown away, and traffic of its own. */
async function startDemo() {
  const { createSimulator, runDemoTraffic } = await import('../simulator/index.js');
  const simulator = await createSimulator().start();
  const home = await mkdtemp(path.join(os.tmpdir(), 'meshbar-demo-'));
  const paths: MeshbarPaths = meshbarPaths({ MESHBAR_HOME: home });
  let stopTraffic: (() => void) | undefined;
  return {
    paths,
    env: { ...process.env, MESHAGENT_TOKEN: simulator.upstreamToken, MESHAGENT_PROJECT_ID: simulator.projectId },
    config: { apiUrl: simulator.url, bearer: 'meshbar-demo', insecure: false },
    begin(proxy: RunningProxy) {
      stopTraffic = runDemoTraffic(proxy.url, proxy.localKey);
    },
    async close() {
      stopTraffic?.();
      await simulator.stop();
      await rm(home, { recursive: true, force: true });
    },
  };
}
