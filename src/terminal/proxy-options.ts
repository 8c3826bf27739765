import { isLoopbackHost } from '../net/loopback.js';
import type { OtlpTarget, ProxyConfig } from '../settings/config.js';
import type { Shell } from '../shared/env-block.js';
import { MeshbarError } from '../shared/errors.js';
import { otlpTarget } from '../telemetry/otlp-target.js';

/** `meshbar proxy`, as it was called. */
export interface ProxyOptions {
  readonly projectId?: string;
  readonly host: string;
  readonly port: number;
  /** Whether the port was asked for; a demo gives way on one that was not. */
  readonly portIsGiven: boolean;
  readonly bearer?: string;
  readonly tokenFromEnv?: string;
  readonly apiUrl?: string;
  readonly insecure: boolean;
  readonly insecureExpose: boolean;
  readonly allowHost: readonly string[];
  readonly allowOrigin: readonly string[];
  readonly askUsage: boolean;
  readonly metrics: boolean;
  /** True: the collector that the environment names. */
  readonly otlp?: string | true;
  readonly otlpInsecure: boolean;
  readonly annotateTool: boolean;
  readonly settle: boolean;
  /** Seconds. */
  readonly drain: number;
  /** Days that single usage records are kept; undefined: for ever. */
  readonly keepDays?: number;
  /** Megabytes that the ledger may take up; undefined: any. */
  readonly keepSize?: number;
  /** Where to fetch the price list; undefined: nowhere. */
  readonly updatePrices?: string;
  /** Undefined: a dashboard where there is a terminal for it. */
  readonly tui?: boolean;
  readonly json: boolean;
  readonly demo: boolean;
  /** Run as a demo where there is no MeshAgent session or token to use. */
  readonly orDemo: boolean;
  readonly shell: Shell;
}

/** Of a proxy that a command starts for itself, on a free port. */
export const OWN_PROXY: ProxyOptions = {
  host: '127.0.0.1',
  port: 0,
  portIsGiven: false,
  insecure: false,
  insecureExpose: false,
  allowHost: [],
  allowOrigin: [],
  askUsage: true,
  metrics: false,
  otlpInsecure: false,
  annotateTool: false,
  settle: false,
  drain: 10,
  json: false,
  demo: false,
  orDemo: false,
  shell: 'sh',
};

/** What is wrong with the options as a whole, in a sentence; undefined if nothing is. */
export function contradictionIn(
  options: ProxyOptions,
  env: NodeJS.ProcessEnv,
  isTerminal: boolean,
): string | undefined {
  const { bearer, insecure, tokenFromEnv, host } = options;
  if (bearer?.trim() === '') return '--bearer needs a key: it must not be empty.';
  if (bearer !== undefined && !/^[\x21-\x7e]+$/.test(bearer)) {
    return '--bearer takes printable ASCII without spaces, so that the key fits into an HTTP field.';
  }
  if (bearer !== undefined && insecure) return '--bearer and --insecure contradict each other: choose one.';
  if (tokenFromEnv !== undefined && !env[tokenFromEnv]) {
    return `the environment variable ${tokenFromEnv} is not set: set it, or leave out --token-from-env.`;
  }
  if (insecure && !options.insecureExpose && !isLoopbackHost(host)) {
    return `--insecure on ${host} lets anyone who reaches it spend your money: leave it out, bind to 127.0.0.1, or insist with --insecure-expose.`;
  }
  if (options.otlpInsecure && !options.otlp) return '--otlp-insecure says how to export: add --otlp, or leave it out.';
  const otlpFault = faultOf(() => otlpOf(options, env));
  if (otlpFault !== undefined) return otlpFault;
  if (options.tui && options.json) return '--tui and --json contradict each other: choose one.';
  if (options.tui && !isTerminal) return '--tui needs a terminal: leave it out, or run meshbar in one.';
  return undefined;
}

/** Whether to show the dashboard: where a person looks on and can press keys, unless they said otherwise. */
export function wantsDashboard(options: ProxyOptions, canAnswer: boolean): boolean {
  if (options.json) return false;
  return options.tui ?? (canAnswer && process.env.TERM !== 'dumb');
}

/** Throws MeshbarError invalid_option. OpenTelemetry's variables count only where OTLP was asked for. */
function otlpOf({ otlp, otlpInsecure }: ProxyOptions, env: NodeJS.ProcessEnv): OtlpTarget | undefined {
  if (!otlp) return undefined;
  return otlpTarget({ allowPlainHttp: otlpInsecure, ...(otlp === true ? {} : { url: otlp }) }, env);
}

function faultOf(parse: () => void): string | undefined {
  try {
    parse();
    return undefined;
  } catch (error) {
    if (error instanceof MeshbarError) return [error.message, error.hint].filter(Boolean).join(' ');
    throw error;
  }
}

/** Throws MeshbarError for what contradictionIn() would have told. */
export function configOf(options: ProxyOptions, env: NodeJS.ProcessEnv = process.env): ProxyConfig {
  const otlp = otlpOf(options, env);
  return {
    host: options.host,
    port: options.port,
    insecure: options.insecure,
    allowInsecureExposure: options.insecureExpose,
    allowedHosts: options.allowHost,
    allowedOrigins: options.allowOrigin,
    askForUsage: options.askUsage,
    metrics: options.metrics,
    annotateTool: options.annotateTool,
    settle: options.settle,
    drainMs: options.drain * 1000,
    ...(otlp ? { otlp } : {}),
    retention: {
      ...(options.keepDays ? { maxAgeDays: options.keepDays } : {}),
      ...(options.keepSize ? { maxBytes: options.keepSize * 1e6 } : {}),
    },
    ...(options.updatePrices ? { priceListUrl: options.updatePrices } : {}),
    ...(options.projectId ? { projectId: options.projectId } : {}),
    ...(options.apiUrl ? { apiUrl: options.apiUrl } : {}),
    ...(options.tokenFromEnv ? { tokenFromEnv: options.tokenFromEnv } : {}),
    ...(options.bearer ? { bearer: options.bearer } : {}),
  };
}
