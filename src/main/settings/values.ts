import { isLoopbackHost } from '../../net/loopback.js';
import { MeshbarError } from '../../shared/errors.js';
import { DEFAULT_SETTINGS, SETTINGS, type Settings } from '../../shared/settings.js';
import { collectorOf } from './proxy-config.js';

/** What a settings file holds, checked. Pure. */

export interface ReadSettings {
  readonly settings: Settings;
  /** Settings whose stored value can't be used, and that stand at their default for now. */
  readonly unusable: readonly (keyof Settings)[];
}

/** Takes each value by itself: one that can't be used costs none of the others. */
export function readSettings(stored: Readonly<Record<string, unknown>>): ReadSettings {
  const values: Record<string, unknown> = { ...DEFAULT_SETTINGS };
  const unusable: (keyof Settings)[] = [];
  for (const name of Object.keys(DEFAULT_SETTINGS) as (keyof Settings)[]) {
    if (stored[name] === undefined) continue;
    const parsed = SETTINGS.shape[name].safeParse(stored[name]);
    if (parsed.success) values[name] = parsed.data;
    else unusable.push(name);
  }
  return { settings: values as Settings, unusable };
}

/** The settings after a change. Throws MeshbarError invalid_option or insecure_exposure, and then nothing changes. */
export function changedSettings(before: Settings, changes: Partial<Settings>): Settings {
  const parsed = SETTINGS.safeParse({ ...before, ...changes });
  if (!parsed.success) {
    throw new MeshbarError('invalid_option', parsed.error.issues.map((issue) => issue.message).join(' '));
  }
  const settings = parsed.data;
  if (settings.insecure && !settings.allowInsecureExposure && !isLoopbackHost(settings.host)) {
    throw new MeshbarError(
      'insecure_exposure',
      `Without local keys, anyone who reaches ${settings.host} spends your money.`,
      { hint: 'Keep local keys on, listen on 127.0.0.1, or confirm that others may use the proxy.' },
    );
  }
  if (settings.otlpUrl !== '' && settings.otlpUrl !== before.otlpUrl) collectorOf(settings.otlpUrl);
  return settings;
}
