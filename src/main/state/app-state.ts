import type { AppState } from '../../shared/ipc.js';
import type { AppEngine } from '../engine/app-engine.js';
import type { Notices } from '../notices/notices.js';
import type { PriceList } from '../settings/price-list.js';
import type { SettingsStore } from '../settings/settings.js';
import type { Updater } from '../updates/updater.js';
import type { FirstRequest } from '../usage/first-request.js';
import type { Shortcut } from '../windows/shortcut.js';
import { proxyView, sessionView } from './views.js';

/** What all windows, the icon and its menu have in common. */
export type SharedState = Omit<AppState, 'window'>;

export interface StateParts {
  readonly version: string;
  readonly engine: AppEngine;
  readonly settings: Pick<SettingsStore, 'current'>;
  readonly notices: Pick<Notices, 'list'>;
  readonly shortcut: Pick<Shortcut, 'problem'>;
  readonly updater: Pick<Updater, 'state'>;
  readonly priceList: Pick<PriceList, 'info'>;
  readonly firstRequest: Pick<FirstRequest, 'waiting' | 'firstSeen'>;
}

/** Everything there is to show besides usage, as it is now. */
export function appState(parts: StateParts): SharedState {
  const { version, engine, settings, notices, shortcut, updater, priceList, firstRequest } = parts;
  return {
    version,
    platform: process.platform,
    proxy: proxyView(engine.current.state, engine.isDemo),
    session: sessionView(engine.current.session.state),
    demo: engine.isDemo,
    settings: settings.current,
    budgets: engine.current.budgets.states,
    shortcutProblem: shortcut.problem,
    notices: notices.list,
    update: updater.state,
    prices: priceList.info,
    waiting: firstRequest.waiting,
    firstSeen: firstRequest.firstSeen,
  };
}
