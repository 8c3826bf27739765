import { annotationsFor } from '../billing/annotation.js';
import { createBills } from '../billing/bills.js';
import { readReconciliation } from '../billing/read-reconciliation.js';
import { startSettler } from '../billing/settler.js';
import { createLedger } from '../ledger/ledger.js';
import { retentionOf } from '../ledger/retention.js';
import { createBudgetBook } from '../limits/budget-book.js';
import { budgetFailure } from '../limits/budget-refusal.js';
import { createBudgets } from '../limits/budgets.js';
import { createKeys } from '../limits/keys.js';
import { createMeter } from '../meter/meter.js';
import { isExposed } from '../net/loopback.js';
import { PRICE_LIST_URL } from '../pricing/price-list-url.js';
import { keepPricesUpToDate } from '../pricing/price-updates.js';
import { askForUsage, bills, isAllowedPath, isWebSocketPath } from '../providers/registry.js';
import { listenError } from '../proxy/listen-error.js';
import { type ProxyServer, startProxyServer } from '../proxy/server.js';
import { createAccount } from '../session/account.js';
import { createSession } from '../session/create-session.js';
import { sessionNotice } from '../session/session-notice.js';
import { projectForStart } from '../session/start-check.js';
import type { ProxyConfig } from '../settings/config.js';
import { type MeshbarPaths, meshbarPaths } from '../settings/paths.js';
import { MeshbarError, toMeshbarError } from '../shared/errors.js';
import type { ExchangeHead, ObserveExchange } from '../shared/exchange.js';
import { proxyUrl } from '../shared/proxy-url.js';
import { Roster } from '../shared/roster.js';
import type { ActiveExchange } from '../shared/usage.js';
import { createTelemetrySwitch } from '../telemetry/telemetry-switch.js';
import { type Statement, textOf } from '../words/index.js';
import { say } from '../words/say.js';
import { createOverheadMeter } from './overhead/overhead.js';
import type { ProxyStatus } from './proxy-status.js';
import { removeRunFile, writeRunFile } from './run-file.js';
import type { Engine, ProxyState, RunningProxy } from './types.js';
import { WatchedExchange } from './watched-exchange.js';

export interface EngineOptions {
  readonly config: ProxyConfig;
  readonly version: string;
  /** The bundled ledger thread. */
  readonly ledgerWorker: URL | string;
  readonly env?: NodeJS.ProcessEnv;
  readonly paths?: MeshbarPaths;
  readonly homedir?: string;
  /** Told what went wrong beside the exchanges. */
  readonly onProblem?: (problem: Statement) => void;
  /** Whether other commands of this machine are told where it listens; not one that ends with the command it is for. */
  readonly announce?: boolean;
}

/**
 * Builds the engine: the only place that knows every stage. Rejects with MeshbarError if the ledger can't be opened;
 * the proxy does not listen until start().
 */
export async function createEngine(options: EngineOptions): Promise<Engine> {
  const { version } = options;
  // One object for all stages, so that configure() reaches each of them.
  const config: ProxyConfig = { ...options.config };
  const paths = options.paths ?? meshbarPaths(options.env);
  const onProblem = options.onProblem ?? (() => {});
  let server: ProxyServer | undefined;
  let stopping: { readonly server: ProxyServer; readonly done: Promise<void> } | undefined;
  const ledger = await createLedger({
    path: paths.ledger,
    workerUrl: options.ledgerWorker,
    priceFile: paths.prices,
    retention: retentionOf(config),
    catchUp: () => serving()?.catchUp(),
    onProblem,
  });
  const stopUpdatingPrices = !config.updatePrices
    ? () => {}
    : keepPricesUpToDate({
        url: config.updatePrices === true ? PRICE_LIST_URL : config.updatePrices,
        file: paths.prices,
        onUpdated: () => ledger.reloadPrices().catch((error: unknown) => onProblem(toMeshbarError(error).facts)),
        onProblem,
      });
  const session = createSession({ config, env: options.env, homedir: options.homedir, onProblem });
  const account = createAccount(session);
  const keys = createKeys({ path: paths.keys, onProblem });
  const book = createBudgetBook({ path: paths.budgets, keys, onProblem });
  const budgets = createBudgets({ book, ledger, onProblem });
  const overhead = createOverheadMeter();
  const stateListeners = new Set<(state: ProxyState) => void>();
  const activityListeners = new Set<() => void>();
  const active = new Roster<ActiveExchange>();
  const telemetry = createTelemetrySwitch({ version, active: underWay, onProblem }, options.env);
  await telemetry.set(config);
  ledger.onAppended((records) => telemetry.current?.priced(records));
  let state: ProxyState = { status: 'stopped' };
  let stopSettling: (() => void) | undefined;
  let starting: Promise<RunningProxy> | undefined;

  /** The server, also while it drains. */
  function serving(): ProxyServer | undefined {
    return server ?? stopping?.server;
  }

  /** As of now: what observers wait to be told, they are told first. */
  function underWay(): readonly ActiveExchange[] {
    serving()?.catchUp();
    return active.toArray();
  }

  function setState(next: ProxyState): void {
    state = next;
    for (const listener of stateListeners) listener(next);
  }

  function activity(): void {
    for (const listener of activityListeners) listener();
  }

  const meter = createMeter({
    onRecord(record, head) {
      ledger.append(record);
      telemetry.current?.record(record, head);
    },
  });

  const observe: ObserveExchange = (head) => {
    ledger.expect();
    return new WatchedExchange(head, meter, active, activity);
  };

  /** What costs nothing, such as a list of models, passes whatever is spent. */
  function admit(head: ExchangeHead) {
    const { projectId, keyId } = head;
    if (projectId === undefined || !bills(head)) return undefined;
    const stopped = budgets.admit({ projectId, keyId });
    if (stopped instanceof Promise) return stopped.then((state) => state && budgetFailure(state));
    return stopped && budgetFailure(stopped);
  }

  async function listen(): Promise<RunningProxy> {
    if (isExposed(config)) {
      throw new MeshbarError('insecure_exposure', { host: config.host });
    }
    const { annotateTool, settle } = config;
    const projectId = await projectForStart(session, account, onProblem);
    const local = await session.localKey({ orForThisRun: true });
    const upstreamTokenSource = await session.upstreamTokenSource();
    await budgets.ready();
    await telemetry.set(config);
    server = await startProxyServer({
      host: config.host,
      port: config.port,
      access: {
        localKey: config.insecure ? undefined : local.key,
        namedKey: keys.check,
        host: config.host,
        allowedHosts: config.allowedHosts,
        allowedOrigins: config.allowedOrigins,
      },
      upstreamAccess: session,
      isAllowedPath,
      isWebSocketPath,
      observe,
      admit,
      ...(annotateTool || settle ? { annotate: (head) => annotationsFor(head, { annotateTool, settle }) } : {}),
      rewrite: config.askForUsage ? askForUsage : () => undefined,
      version,
      onProblem,
      scrape: telemetry.current?.scrape,
      onHeldUp: overhead.record,
      status: ownStatus,
    }).catch(async (error: NodeJS.ErrnoException) => {
      throw await listenError(error, config);
    });
    if (settle) stopSettling = startSettler({ ledger, bills: createBills(account), onProblem });
    return {
      host: config.host,
      port: server.port,
      url: proxyUrl(config.host, server.port),
      insecure: config.insecure,
      startedAt: Date.now(),
      projectId,
      localKey: local.key,
      localKeySource: local.source,
      upstreamTokenSource,
    };
  }

  /** For other processes of the user: what proxy-status.ts reads. A tool's key gets nothing of who is signed in. */
  function ownStatus(isNamed: boolean): Partial<ProxyStatus> {
    if (state.status !== 'running') return {};
    const { url, startedAt, projectId, upstreamTokenSource } = state.proxy;
    return {
      version,
      pid: process.pid,
      url,
      startedAt,
      projectId,
      inFlight: underWay().length,
      unrecorded: ledger.unwritten,
      ...(isNamed
        ? {}
        : { session: session.state.status, upstreamTokenSource: textOf(upstreamTokenSource, 'terminal') }),
      overhead: overhead.read(),
    };
  }

  /** Tells `meshbar env` and `meshbar status` where we are. */
  async function announce({ url, projectId, localKey, startedAt }: RunningProxy): Promise<void> {
    if (options.announce === false) return;
    await writeRunFile(paths, { pid: process.pid, version, url, projectId, localKey, startedAt });
  }

  let sessionStatus = session.state.status;
  session.onState((next) => {
    const notice = sessionNotice(sessionStatus, next);
    sessionStatus = next.status;
    if (state.status !== 'running') return;
    if (notice !== undefined) onProblem(notice);
    if (next.projectId === undefined || next.projectId === state.proxy.projectId) return;
    const proxy = { ...state.proxy, projectId: next.projectId };
    setState({ status: 'running', proxy });
    announce(proxy).catch(() => {});
  });

  async function start(): Promise<RunningProxy> {
    if (state.status === 'running') return state.proxy;
    await stopping?.done;
    setState({ status: 'starting' });
    try {
      const proxy = await listen();
      await announce(proxy).catch(() => onProblem(say('engine.unannounced', { file: paths.runFile })));
      setState({ status: 'running', proxy });
      return proxy;
    } catch (error) {
      const failure = toMeshbarError(error);
      setState({ status: 'failed', error: failure.facts });
      throw failure;
    }
  }

  async function stop({ graceMs = config.drainSeconds * 1000 }: { graceMs?: number } = {}): Promise<void> {
    // A start under way ends first: what it opens is then there to be closed.
    await starting?.catch(() => {});
    if (stopping) {
      // Whoever asks again while exchanges drain, and gives them no time, has lost patience with them.
      if (graceMs <= 0) await stopping.server.stop(0);
      await stopping.done;
      return;
    }
    if (!server) return;
    const ending = server;
    server = undefined;
    stopSettling?.();
    stopSettling = undefined;
    setState({ status: 'stopping', inFlight: ending.inFlight });
    const done = ending.stop(graceMs).then(async () => {
      await meter.settled();
      await removeRunFile(paths);
      await keys
        .endTemporary()
        .catch((error) => onProblem(say('engine.temporaryKeysStay', { problem: toMeshbarError(error).facts })));
    });
    stopping = { server: ending, done };
    await done;
    stopping = undefined;
    setState({ status: 'stopped' });
  }

  return {
    config,
    ledger,
    session,
    account,
    keys,
    budgets,
    get state() {
      return state;
    },
    get active() {
      return underWay();
    },
    async reconcile(period) {
      return readReconciliation(period, {
        account,
        projectId: (await session.project())?.id,
        byModel: (query) => ledger.breakdown({ ...query, by: 'model' }),
        active: underWay(),
      });
    },
    configure(changes) {
      Object.assign(config, changes);
    },
    async rotateLocalKey() {
      const { key, source } = await session.rotateLocalKey();
      server?.setLocalKey(key);
      if (state.status !== 'running') return;
      const proxy = { ...state.proxy, localKey: key, localKeySource: source };
      setState({ status: 'running', proxy });
      await announce(proxy).catch(() => onProblem(say('engine.oldKeyAnnounced', { file: paths.runFile })));
    },
    overhead: overhead.read,
    onState(listener) {
      stateListeners.add(listener);
      return () => stateListeners.delete(listener);
    },
    onActivity(listener) {
      activityListeners.add(listener);
      return () => activityListeners.delete(listener);
    },
    start() {
      starting ??= start().finally(() => {
        starting = undefined;
      });
      return starting;
    },
    stop,
    async close() {
      stopUpdatingPrices();
      await stop();
      budgets.close();
      overhead.close();
      await session.close();
      await ledger.close();
      await telemetry.close();
    },
  };
}
