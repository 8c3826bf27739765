import type { Telemetry, TelemetryOptions } from './telemetry.js';

/** Loads OpenTelemetry's code where it was asked for, and nowhere else: it is a megabyte that others need not carry. */
export async function openTelemetry(
  { metrics, otlp }: Pick<TelemetryOptions, 'metrics' | 'otlp'>,
  surroundings: Pick<TelemetryOptions, 'version' | 'active' | 'onProblem'>,
): Promise<Telemetry | undefined> {
  if (!metrics && otlp === undefined) return undefined;
  const { createTelemetry } = await import('./telemetry.js');
  return createTelemetry({ ...surroundings, metrics, otlp });
}
