import type { ProxyConfig } from '../settings/config.js';
import { MeshbarError } from '../shared/errors.js';
import { say } from '../words/say.js';
import { openTelemetry } from './open-telemetry.js';
import { collectorOf, type OtlpTarget } from './otlp-target.js';
import type { Telemetry, TelemetryOptions } from './telemetry.js';

type Wanted = Pick<ProxyConfig, 'metrics' | 'otlpUrl' | 'allowPlainOtlp'>;

/** The telemetry that is wanted now; another one when that changes. */
interface TelemetrySwitch {
  /** Undefined where nobody asked for any. */
  readonly current: Telemetry | undefined;
  /**
   * Opens what is asked for, after the one before has sent what it had; the same question changes nothing. A collector
   * that can't be exported to is reported, and costs nothing else.
   */
  set(wanted: Wanted): Promise<void>;
  close(): Promise<void>;
}

/** `env` may name the collector. */
export function createTelemetrySwitch(
  surroundings: Pick<TelemetryOptions, 'version' | 'active' | 'onProblem'>,
  env: NodeJS.ProcessEnv = process.env,
): TelemetrySwitch {
  let current: Telemetry | undefined;
  let setFor = '';

  function targetOf(wanted: Wanted): OtlpTarget | undefined {
    try {
      return collectorOf(wanted, env);
    } catch (error) {
      if (!(error instanceof MeshbarError)) throw error;
      surroundings.onProblem(say('settings.otlpUrl.off', { problem: error.facts }));
      return undefined;
    }
  }

  async function close(): Promise<void> {
    const ending = current;
    current = undefined;
    await ending?.close();
  }

  return {
    get current() {
      return current;
    },
    async set({ metrics, otlpUrl, allowPlainOtlp }) {
      const asked = JSON.stringify([metrics, otlpUrl, allowPlainOtlp]);
      if (asked === setFor) return;
      setFor = asked;
      await close();
      current = await openTelemetry({ metrics, otlp: targetOf({ metrics, otlpUrl, allowPlainOtlp }) }, surroundings);
    },
    close,
  };
}
