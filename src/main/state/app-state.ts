import type { AppState, ProxyView } from '../../shared/ipc.js';
import type { AppEngine } from '../engine/app-engine.js';
import type { NoticeList } from '../notices/notices.js';
import type { PriceList } from '../settings/price-list.js';
import type { SettingsStore } from '../settings/settings.js';
import type { Updater } from '../updates/updater.js';
import type { FirstRequestWatch } from '../usage/first-request.js';
import type { Shortcut } from '../windows/shortcut.js';
import type { StatusSource } from './status.js';
import { proxyView, sessionView } from './views.js';

/** What all windows, the icon and its menu have in common. */
export type SharedState = Omit<AppState, 'window'>;

export interface StateParts {
  readonly version: string;
  readonly engine: AppEngine;
  readonly statusSource: StatusSource;
  readonly settings: Pick<SettingsStore, 'current'>;
  readonly notices: Pick<NoticeList, 'list'>;
  readonly shortcut: Pick<Shortcut, 'problem'>;
  readonly updater: Pick<Updater, 'state'>;
  readonly priceList: Pick<PriceList, 'info'>;
  readonly firstRequest: Pick<FirstRequestWatch, 'waiting' | 'firstSeen'>;
}

/**
 * Everything there is to show besides usage, as it is now. `isBusy`: requests are under way, which the icon shows and
 * windows do not, as they list those requests.
 */
export function appState(parts: StateParts, isBusy = false): SharedState {
  const { version, engine, statusSource, settings, notices, shortcut, updater, priceList, firstRequest } = parts;
  const proxy = proxyView(engine.current.state, engine.isDemo);
  const status = statusSource.status(isBusy);
  return {
    version,
    platform: process.platform,
    status,
    proxy,
    session: sessionView(engine.current.session.state),
    demo: engine.isDemo,
    settings: settings.current,
    budgets: engine.current.budgets.states,
    shortcutProblem: shortcut.problem,
    notices: notices.list,
    update: updater.state,
    prices: priceList.info,
    waiting: waitingWhile(proxy, firstRequest),
    // A request that came and failed is no sign that it works.
    firstSeen: status.state === 'running' || status.state === 'busy' ? firstRequest.firstSeen : undefined,
  };
}

/** A request can be waited for only where something listens, and since it does. */
function waitingWhile(proxy: ProxyView, { waiting }: StateParts['firstRequest']): AppState['waiting'] {
  if (!waiting || proxy.status !== 'running') return undefined;
  return { ...waiting, since: Math.max(waiting.since, proxy.startedAt) };
}
