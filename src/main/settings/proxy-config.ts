import type { OtlpTarget, Retention } from '../../settings/config.js';
import { DEFAULT_CONFIG, type ProxyConfig } from '../../settings/config.js';
import { MeshbarError, toMeshbarError } from '../../shared/errors.js';
import type { Settings } from '../../shared/settings.js';
import { otlpTarget } from '../../telemetry/otlp-target.js';

/** What the engine is told by the settings. A collector that can't be exported to is told, and costs nothing else. */
export function proxyConfigOf(settings: Settings, onProblem: (message: string) => void): ProxyConfig {
  const { host, port, insecure, allowInsecureExposure, annotateTool, settle, metrics, otlpUrl } = settings;
  let otlp: OtlpTarget | undefined;
  try {
    otlp = otlpUrl === '' ? undefined : collectorOf(otlpUrl);
  } catch (error) {
    onProblem(`Nothing is exported: ${toMeshbarError(error).message}`);
  }
  const retention = retentionOf(settings);
  return {
    ...DEFAULT_CONFIG,
    host,
    port,
    insecure,
    allowInsecureExposure,
    annotateTool,
    settle,
    metrics,
    otlp,
    retention,
  };
}

/** Where that collector takes what is sent. Throws MeshbarError invalid_option in the words of the app. */
export function collectorOf(url: string, env: NodeJS.ProcessEnv = process.env): OtlpTarget {
  try {
    return otlpTarget({ url, allowPlainHttp: false }, env);
  } catch (error) {
    const { code, message, hint } = toMeshbarError(error);
    const words = message.replace(/^--otlp\b/, 'The address of the collector');
    throw new MeshbarError(code, words, { hint: hint?.replace(', or insist with --otlp-insecure', '') });
  }
}

/** How long the ledger keeps single records. */
export function retentionOf({ retentionDays }: Settings): Retention {
  return retentionDays === null ? {} : { maxAgeDays: retentionDays };
}
