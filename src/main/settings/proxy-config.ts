import { type Settings, STORED_SETTINGS } from '../../settings/app-settings.js';
import { DEFAULT_CONFIG, ENGINE_SETTINGS, type ProxyConfig } from '../../settings/config.js';
import { pick } from '../../settings/table.js';

/** The app fetches the price list itself: it shows which one is in use, and stops at once when that is not wanted. */
const GIVEN = ENGINE_SETTINGS.filter(
  (name) => name !== 'updatePrices' && STORED_SETTINGS.some((stored) => stored === name),
);

/** What the engine is given by the settings of the app. */
export function proxyConfigOf(settings: Settings): ProxyConfig {
  return { ...DEFAULT_CONFIG, ...pick({ ...DEFAULT_CONFIG, ...settings }, GIVEN) };
}
