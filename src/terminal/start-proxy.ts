import { createEngine } from '../engine/engine.js';
import type { Engine, RunningProxy } from '../engine/types.js';
import { whyNoSession } from '../session/why-no-session.js';
import type { ProxyConfig } from '../settings/config.js';
import { type ErrorCode, MeshbarError } from '../shared/errors.js';
import { type Demo, startDemo } from '../simulator/demo/start-demo.js';
import { collectorOf } from '../telemetry/otlp-target.js';
import { formatList } from '../words/format.js';
import { errorText, type Statement, t } from '../words/index.js';
import { say } from '../words/say.js';
import { configOf, type ProxyOptions } from './proxy-options.js';
import { type SessionUsage, watchUsage } from './session-usage.js';
import { VERSION } from './version.js';

export interface StartedProxy {
  readonly engine: Engine;
  readonly proxy: RunningProxy;
  readonly usage: SessionUsage;
  readonly demo?: Demo;
  /** What else a person should know, a sentence each. */
  readonly remarks: readonly string[];
}

const PORT_TAKEN: ReadonlySet<ErrorCode> = new Set(['port_in_use', 'port_in_use_by_meshbar']);
const DEMO_KEY = 'meshbar-demo';

interface Surroundings {
  readonly onProblem: (problem: Statement) => void;
  /** The bundled ledger thread. */
  readonly ledgerWorker: URL | string;
  /** False: other commands don't find it. */
  readonly announce?: boolean;
}

/** Starts what the options ask for. Rejects with MeshbarError, leaving nothing behind. */
export async function startProxy(options: ProxyOptions, surroundings: Surroundings): Promise<StartedProxy> {
  const config = configOf(options);
  if (options.demo) return startDemoProxy(options, config, surroundings, t('terminal.proxy.demo'));
  if (options.orDemo) {
    const reason = await whyNoSession(config);
    if (reason) {
      const remark = t('terminal.proxy.demoInstead', { reason: errorText(reason.facts, 'terminal').message });
      return startDemoProxy(options, config, surroundings, remark);
    }
  }
  const started = await listen(config, surroundings);
  return { ...started, remarks: telemetryRemarks(config, started.proxy) };
}

async function startDemoProxy(
  options: ProxyOptions,
  config: ProxyConfig,
  surroundings: Surroundings,
  remark: string,
): Promise<StartedProxy> {
  const demo = await startDemo();
  const remarks = [remark];
  const bearer = config.bearer ?? (config.insecure ? undefined : DEMO_KEY);
  const demoConfig = { ...config, ...demo.config, bearer };
  try {
    const started = await listen(demoConfig, surroundings, demo).catch((error: unknown) => {
      if (options.portIsGiven || !(error instanceof MeshbarError) || !PORT_TAKEN.has(error.code)) throw error;
      remarks.push(t('terminal.proxy.portTaken', { port: String(config.port) }));
      return listen({ ...demoConfig, port: 0 }, surroundings, demo);
    });
    const proxy = {
      ...started.proxy,
      upstreamTokenSource: say('session.tokenFrom.simulator'),
      ...(config.bearer === undefined && !config.insecure ? { localKeySource: say('session.keyFrom.demo') } : {}),
    } satisfies RunningProxy;
    return { ...started, proxy, demo, remarks: [...remarks, ...telemetryRemarks(config, proxy)] };
  } catch (error) {
    await demo.close();
    throw error;
  }
}

async function listen(config: ProxyConfig, { onProblem, ledgerWorker, announce }: Surroundings, demo?: Demo) {
  const engine = await createEngine({
    config,
    version: VERSION,
    ledgerWorker,
    onProblem,
    announce,
    ...(demo ? { env: demo.env, paths: demo.paths } : {}),
  });
  const usage = watchUsage(engine.ledger);
  try {
    return { engine, usage, proxy: await engine.start() };
  } catch (error) {
    await engine.close();
    throw error;
  }
}

/** Where figures can be read and where they go, a sentence each; none where telemetry is off. */
function telemetryRemarks(config: ProxyConfig, { url }: RunningProxy): string[] {
  const remarks: string[] = [];
  const otlp = collectorOf(config, process.env);
  if (config.metrics) remarks.push(t('terminal.proxy.metrics', { url: `${url}/metrics` }));
  if (otlp) {
    // Only the hosts: a path or query may hold a key.
    const hosts = new Set([otlp.metricsUrl, otlp.tracesUrl].map((address) => new URL(address).host));
    remarks.push(t('terminal.proxy.otlp', { hosts: formatList([...hosts]) }));
  }
  return remarks;
}
