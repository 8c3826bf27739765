import type { ProxyConfig } from '../settings/config.js';
import { openTelemetry } from './open-telemetry.js';
import type { Telemetry, TelemetryOptions } from './telemetry.js';

/** The telemetry that is wanted now; another one when that changes. */
interface TelemetrySwitch {
  /** Undefined where nobody asked for any. */
  readonly current: Telemetry | undefined;
  /** Opens what is asked for, after the one before has sent what it had; the same question changes nothing. */
  set(wanted: Pick<ProxyConfig, 'metrics' | 'otlp'>): Promise<void>;
  close(): Promise<void>;
}

export function createTelemetrySwitch(
  surroundings: Pick<TelemetryOptions, 'version' | 'active' | 'onProblem'>,
): TelemetrySwitch {
  let current: Telemetry | undefined;
  let setFor = '';

  async function close(): Promise<void> {
    const ending = current;
    current = undefined;
    await ending?.close();
  }

  return {
    get current() {
      return current;
    },
    async set({ metrics, otlp }) {
      const wanted = JSON.stringify([metrics, otlp]);
      if (wanted === setFor) return;
      setFor = wanted;
      await close();
      current = await openTelemetry({ metrics, ...(otlp ? { otlp } : {}) }, surroundings);
    },
    close,
  };
}
