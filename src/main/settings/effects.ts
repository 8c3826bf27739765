import { retentionOf } from '../../ledger/retention.js';
import { needsRestart, type Settings } from '../../settings/app-settings.js';
import { toMeshbarError } from '../../shared/errors.js';
import type { Statement } from '../../words/index.js';
import type { AppEngine } from '../engine/app-engine.js';
import type { Shortcut } from '../windows/shortcut.js';
import { registerLaunchAtLogin } from './launch-at-login.js';
import type { LoginItem } from './login-item.js';
import type { PriceList } from './price-list.js';
import type { SettingsStore } from './settings.js';

export interface SettingsEffectsOptions {
  readonly settings: SettingsStore;
  readonly engine: AppEngine;
  readonly shortcut: Pick<Shortcut, 'use'>;
  readonly loginItem: LoginItem;
  readonly priceList: Pick<PriceList, 'keepUpToDate'>;
  /** Electron's nativeTheme. */
  readonly theme: { themeSource: Settings['theme'] };
  readonly onProblem: (problem: Statement) => void;
}

/** Puts the settings into effect, now and whenever they change; those of other domains are theirs. */
export function registerSettingsEffects(options: SettingsEffectsOptions): void {
  const { settings, engine, shortcut, loginItem, priceList, theme, onProblem } = options;

  function apply(after: Settings): void {
    theme.themeSource = after.theme;
    priceList.keepUpToDate(after.updatePrices);
  }

  apply(settings.current);
  shortcut.use(settings.current.shortcut);
  registerLaunchAtLogin({ settings, loginItem, onProblem });
  settings.onChange((after, before) => {
    apply(after);
    if (after.shortcut !== before.shortcut) shortcut.use(after.shortcut);
    if (after.retentionDays !== before.retentionDays) {
      const { ledger, config } = engine.current;
      ledger
        .keep(retentionOf({ ...config, retentionDays: after.retentionDays }))
        .catch((error: unknown) => onProblem(toMeshbarError(error).facts));
    }
    if (!needsRestart(before, after)) return;
    const { status } = engine.current.state;
    if (status === 'stopped' || status === 'failed') engine.configure();
    // The state says how it went.
    else engine.restart().catch(() => {});
  });
}
