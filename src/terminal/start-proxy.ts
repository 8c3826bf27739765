import { createEngine } from '../engine/engine.js';
import type { Engine, RunningProxy } from '../engine/types.js';
import { whyNoSession } from '../session/why-no-session.js';
import type { ProxyConfig } from '../settings/config.js';
import { type ErrorCode, MeshbarError } from '../shared/errors.js';
import { type Demo, startDemo } from '../simulator/demo/start-demo.js';
import { errorText, type Statement } from '../words/index.js';
import { configOf, type ProxyOptions } from './proxy-options.js';
import { type SessionUsage, watchUsage } from './session-usage.js';
import { telemetryRemarks } from './telemetry-remarks.js';
import { VERSION } from './version.js';

export interface StartedProxy {
  readonly engine: Engine;
  readonly proxy: RunningProxy;
  readonly usage: SessionUsage;
  readonly demo?: Demo;
  /** What whoever looks on should know besides, a sentence each. */
  readonly remarks: readonly string[];
}

const PORT_TAKEN: ReadonlySet<ErrorCode> = new Set(['port_in_use', 'port_in_use_by_meshbar']);
const DEMO_KEY = 'meshbar-demo';
const DEMO_REMARK = 'Demo: a simulator answers; nothing leaves this machine, and nothing costs.';

interface Surroundings {
  readonly onProblem: (problem: Statement) => void;
  /** The bundled ledger thread. */
  readonly ledgerWorker: URL | string;
  /** False: other commands are not told of it. */
  readonly announce?: boolean;
}

/** Starts what the options ask for. Rejects with MeshbarError, leaving nothing behind. */
export async function startProxy(options: ProxyOptions, surroundings: Surroundings): Promise<StartedProxy> {
  const config = configOf(options);
  if (options.demo) return startDemoProxy(options, config, surroundings, DEMO_REMARK);
  if (options.orDemo) {
    const reason = await whyNoSession(config);
    if (reason) {
      const remark = `${errorText(reason.facts, 'terminal').message} So this is a demo, with a simulator behind it. To sign in, run \`meshbar login\`, or set MESHAGENT_TOKEN and MESHAGENT_PROJECT_ID.`;
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
      remarks.push(`Port ${config.port} is taken, so the demo took a free one.`);
      return listen({ ...demoConfig, port: 0 }, surroundings, demo);
    });
    const proxy = {
      ...started.proxy,
      upstreamTokenSource: { key: 'session.tokenFrom.simulator' },
      ...(config.bearer === undefined && !config.insecure ? { localKeySource: { key: 'session.keyFrom.demo' } } : {}),
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
