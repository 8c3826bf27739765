import { isExposed } from '../net/loopback.js';
import { DEFAULT_CONFIG, ENGINE_SETTINGS, type ProxyConfig } from '../settings/config.js';
import { DEFAULTS, namesWith, pick, type ValuesOf } from '../settings/table.js';
import { MeshbarError } from '../shared/errors.js';
import { collectorOf } from '../telemetry/otlp-target.js';
import { t, textOf } from '../words/index.js';
import type { OptionName } from './setting-option.js';

/** `meshbar proxy`, as it was called. */
export interface ProxyOptions extends ValuesOf<OptionName> {
  /** Whether the port was asked for; a demo gives way on one that was not. */
  readonly portIsGiven: boolean;
}

export const OPTION_SETTINGS = namesWith('option');

const DEFAULT_OPTIONS: ProxyOptions = { ...pick(DEFAULTS, OPTION_SETTINGS), portIsGiven: false };

/** Of a proxy that a command starts for itself, on a free port. */
export const OWN_PROXY: ProxyOptions = { ...DEFAULT_OPTIONS, port: 0 };

/** What commander has read, which leaves out what nobody said. */
export function proxyOptions(given: Partial<ProxyOptions>): ProxyOptions {
  return { ...DEFAULT_OPTIONS, ...given };
}

/** What is wrong with the options as a whole, in a sentence; undefined if nothing is. */
export function contradictionIn(
  options: ProxyOptions,
  env: NodeJS.ProcessEnv,
  isTerminal: boolean,
): string | undefined {
  const { bearer, insecure, tokenFromEnv, host, otlpUrl, tui } = options;
  if (bearer?.trim() === '') return t('settings.contradiction.emptyBearer');
  if (bearer !== undefined && !/^[\x21-\x7e]+$/.test(bearer)) return t('settings.contradiction.unprintableBearer');
  if (bearer !== undefined && insecure) return t('settings.contradiction.bearerAndInsecure');
  if (tokenFromEnv !== undefined && !env[tokenFromEnv]) {
    return t('settings.contradiction.noSuchVariable', { name: tokenFromEnv });
  }
  if (isExposed(options)) return t('settings.contradiction.exposure', { host });
  if (options.allowPlainOtlp && !otlpUrl) return t('settings.contradiction.nothingToExport');
  const otlpFault = faultOf(() => collectorOf(options, env));
  if (otlpFault !== undefined) return otlpFault;
  if (tui && options.json) return t('settings.contradiction.tuiAndJson');
  if (tui && !isTerminal) return t('settings.contradiction.noTerminal');
  return undefined;
}

/** Whether to show the dashboard: where a person looks on and can press keys, unless they said otherwise. */
export function wantsDashboard(options: ProxyOptions, canAnswer: boolean): boolean {
  if (options.json) return false;
  return options.tui ?? (canAnswer && process.env.TERM !== 'dumb');
}

function faultOf(parse: () => void): string | undefined {
  try {
    parse();
    return undefined;
  } catch (error) {
    if (error instanceof MeshbarError) return textOf(error.facts, 'terminal');
    throw error;
  }
}

export function configOf(options: ProxyOptions): ProxyConfig {
  return pick({ ...DEFAULT_CONFIG, ...options }, ENGINE_SETTINGS);
}
