import { powerMonitor, screen } from 'electron';
import type { ErrorFacts } from '../../shared/errors.js';
import { EMPTY_TOTALS } from '../../shared/totals.js';
import type { AppEngine } from '../engine/app-engine.js';
import type { Requests } from '../ipc/requests.js';
import { createMenuActions } from '../menu/actions.js';
import { buildMenu } from '../menu/menu.js';
import { createMenuProjects } from '../menu/projects.js';
import { type MenuEntry, menuTemplate } from '../menu/template.js';
import type { SettingsStore } from '../settings/settings.js';
import type { Signal } from '../signal.js';
import type { SharedState } from '../state/app-state.js';
import type { Today } from '../usage/today.js';
import { createOpenView, type OpenViewOptions } from '../windows/open-view.js';
import type { Windows } from '../windows/windows.js';
import { createBusy } from './busy.js';
import { registerClicks } from './clicks.js';
import { trayFace } from './face.js';
import { createHeldMenu } from './held-menu.js';
import type { TrayIcon } from './icon.js';
import { createPointerWatch } from './pointer-watch.js';
import { registerRenewal } from './renewal.js';

export interface TrayOptions extends OpenViewOptions {
  readonly windows: Windows;
  readonly settings: Pick<SettingsStore, 'current'>;
  readonly icon: TrayIcon;
  readonly engine: AppEngine;
  readonly today: Today;
  /** `isBusy`: requests are under way. */
  readonly state: (isBusy: boolean) => SharedState;
  readonly changes: Signal;
  readonly requests: Requests;
  /** Called with what an entry of the menu could not do. */
  readonly onError: (error: ErrorFacts) => void;
}

/** Long enough for an eye to see that something happened. */
const BUSY_HOLD_MS = 300;
/** How often the day's figures are shown again at most. */
const FIGURES_MS = 1000;

/** Keeps icon and menu as the state and the traffic want them. */
export function registerTray(options: TrayOptions): void {
  const { icon, engine, today, state, changes, requests, onError } = options;
  // Only Linux gets its menu ahead: elsewhere it is built when it is asked for, with the figures of that moment.
  const isHeldBySystem = process.platform === 'linux';
  const perform = createMenuActions({ requests, open: createOpenView(options), onError });
  const busy = createBusy(BUSY_HOLD_MS, update);
  const projects = createMenuProjects(engine, update);
  const menuChanged = createHeldMenu({
    entries: () => template(),
    frame: () => template(EMPTY_TOTALS),
    give(entries) {
      const menu = build(entries);
      icon.setMenu(menu);
      return menu;
    },
    onOpen: projects.refresh,
    pointer: createPointerWatch(() => screen.getCursorScreenPoint()),
  });
  let figuresTimer: NodeJS.Timeout | undefined;

  function update(): void {
    icon.show(trayFace(state(busy.isBusy), today.totals));
    if (isHeldBySystem) menuChanged();
  }

  function template(totals = today.totals): MenuEntry[] {
    return menuTemplate({ state: state(busy.isBusy), today: totals, projects: projects.current });
  }

  function build(entries: readonly MenuEntry[]) {
    return buildMenu(entries, (action) => {
      if ('reload' in action) projects.refresh();
      else void perform(action);
    });
  }

  function openMenu(): void {
    projects.refresh();
    icon.popUp(build(template()));
  }

  registerClicks({ ...options, perform, openMenu: isHeldBySystem ? undefined : openMenu });
  registerRenewal({ icon, isHeldBySystem, power: powerMonitor, screen });
  engine.onActivity(() => busy.set(engine.current.active.length));
  changes.on(() => {
    busy.set(engine.current.active.length);
    update();
  });
  today.onChange(() => {
    if (figuresTimer !== undefined) return;
    figuresTimer = setTimeout(() => {
      figuresTimer = undefined;
      update();
    }, FIGURES_MS);
  });
  update();
}
