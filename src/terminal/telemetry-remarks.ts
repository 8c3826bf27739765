import type { RunningProxy } from '../engine/types.js';
import type { ProxyConfig } from '../settings/config.js';
import { collectorOf } from '../telemetry/otlp-target.js';

/** Where figures can be read and where they go, a sentence each; none where telemetry is off. */
export function telemetryRemarks(config: ProxyConfig, { url }: RunningProxy): string[] {
  const remarks: string[] = [];
  const otlp = collectorOf(config, process.env);
  if (config.metrics) remarks.push(`Metrics for Prometheus: ${url}/metrics, with the local key.`);
  if (otlp) {
    // Hosts alone: a path or query may hold a key.
    const hosts = new Set([otlp.metricsUrl, otlp.tracesUrl].map((address) => new URL(address).host));
    remarks.push(`Metrics and spans, without content, go to ${[...hosts].join(' and ')} by OTLP.`);
  }
  return remarks;
}
