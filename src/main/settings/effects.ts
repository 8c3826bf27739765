import { nativeTheme } from 'electron';
import type { AppEngine } from '../engine/app-engine.js';
import type { Shortcut } from '../windows/shortcut.js';
import { needsRestart } from './consequences.js';
import { registerLaunchAtLogin } from './launch-at-login.js';
import type { LoginItem } from './login-item.js';
import type { PriceList } from './price-list.js';
import { retentionOf } from './proxy-config.js';
import type { SettingsStore } from './settings.js';

export interface SettingsEffectsOptions {
  readonly settings: SettingsStore;
  readonly engine: AppEngine;
  readonly shortcut: Shortcut;
  readonly loginItem: LoginItem;
  readonly priceList: PriceList;
  readonly onProblem: (message: string) => void;
}

/** Makes the settings hold, now and whenever they change. */
export function registerSettingsEffects({
  settings,
  engine,
  shortcut,
  loginItem,
  priceList,
  onProblem,
}: SettingsEffectsOptions): void {
  nativeTheme.themeSource = settings.current.theme;
  shortcut.use(settings.current.shortcut);
  priceList.keepUpToDate(settings.current.updatePrices);
  registerLaunchAtLogin({ settings, loginItem, onProblem });

  settings.onChange((after, before) => {
    nativeTheme.themeSource = after.theme;
    priceList.keepUpToDate(after.updatePrices);
    if (after.shortcut !== before.shortcut) shortcut.use(after.shortcut);
    if (after.retentionDays !== before.retentionDays) {
      engine.current.ledger.keep(retentionOf(after)).catch((error: Error) => onProblem(error.message));
    }
    if (!needsRestart(before, after)) return;
    const { status } = engine.current.state;
    if (status === 'stopped' || status === 'failed') engine.configure();
    // How it went stands in the state.
    else engine.restart().catch(() => {});
  });
}
