import { DEFAULTS, type NameWith, namesWith, pick, type ValuesOf } from './table.js';

export const DEFAULT_API_URL = 'https://api.meshagent.com';

/** Everything the engine is given, parsed and defaulted once by the shell that builds it. */
export type ProxyConfig = ValuesOf<NameWith<'engine'>>;

/** What is read when the proxy starts, and may differ between two starts of one engine. */
export type StartConfig = ValuesOf<NameWith<'restart'>>;

export const ENGINE_SETTINGS = namesWith('engine');

export const DEFAULT_CONFIG: ProxyConfig = pick(DEFAULTS, ENGINE_SETTINGS);
