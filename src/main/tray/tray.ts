import { type Menu, powerMonitor, screen } from 'electron';
import type { AppState } from '../../shared/ipc.js';
import { EMPTY_TOTALS } from '../../shared/totals.js';
import type { AppEngine } from '../engine/app-engine.js';
import { buildMenu } from '../menu/menu.js';
import { createMenuProjects } from '../menu/projects.js';
import { type MenuAction, menuTemplate } from '../menu/template.js';
import type { Today } from '../usage/today.js';
import { createBusy } from './busy.js';
import { trayFace } from './face.js';
import { watchForTrayHost } from './host-watch.js';
import type { TrayIcon } from './icon.js';
import { createPointerWatch } from './pointer-watch.js';

export interface TrayOptions {
  readonly icon: TrayIcon;
  readonly engine: AppEngine;
  readonly today: Today;
  readonly state: () => Omit<AppState, 'window'>;
  /** Does what was chosen in the menu. */
  readonly perform: (action: Exclude<MenuAction, { reload: 'projects' }>) => void;
}

/** Long enough for an eye to see that something happened. */
const BUSY_HOLD_MS = 300;
/** How often the day's figures are shown anew at most. */
const FIGURES_MS = 1000;
/** How often a menu that the system holds is replaced at most. */
const MENU_MS = 1000;
/**
 * What only the day's figures change waits until the pointer rests for so long, but not for ever: a menu that is open is
 * closed when it is replaced, and trays of the older kind (XEmbed) don't tell that one is open.
 */
const REST_MS = 5000;
const LONGEST_REST_MS = 60_000;
/** A menu that is open is left alone for this long at most: not every system tells that it was closed. */
const OPEN_MS = 15_000;
/** After waking up, the program that shows trays needs a moment too. */
const SETTLE_MS = 2000;
/** A panel that has come up says so more than once. */
const HOST_MS = 300;

/** Keeps icon and menu as the state and the traffic want them. Gives what to call when the state has changed. */
export function registerTray({ icon, engine, today, state, perform }: TrayOptions): () => void {
  // Only Linux gets its menu ahead: elsewhere it is built when it is asked for, with the figures of that moment.
  const isHeldBySystem = process.platform === 'linux';
  let lastMenu = '';
  let lastFrame = '';
  const pointer = createPointerWatch(() => screen.getCursorScreenPoint());
  let menuTimer: NodeJS.Timeout | undefined;
  let openUntil = 0;
  let figuresTimer: NodeJS.Timeout | undefined;
  const busy = createBusy(BUSY_HOLD_MS, update);
  const projects = createMenuProjects(engine, update);

  function update(): void {
    icon.show(trayFace(state(), busy.isBusy, today.totals));
    if (isHeldBySystem && menuTimer === undefined) menuTimer = setTimeout(replaceMenu, lastMenu === '' ? 0 : MENU_MS);
  }

  function template(totals = today.totals) {
    const now = state();
    const { reason } = trayFace(now, busy.isBusy, today.totals);
    return menuTemplate({ state: now, reason, today: totals, projects: projects.current });
  }

  function build(entries: ReturnType<typeof template>): Menu {
    return buildMenu(entries, (action) => {
      if ('reload' in action) projects.refresh();
      else perform(action);
    });
  }

  function replaceMenu(): void {
    menuTimer = undefined;
    // Under a pointer, entries must not move.
    if (Date.now() < openUntil) {
      menuTimer = setTimeout(replaceMenu, MENU_MS);
      return;
    }
    const entries = template();
    const text = JSON.stringify(entries);
    if (text === lastMenu) return;
    const frame = JSON.stringify(template(EMPTY_TOTALS));
    if (frame === lastFrame && !pointer.rests(REST_MS, LONGEST_REST_MS)) {
      menuTimer = setTimeout(replaceMenu, MENU_MS);
      return;
    }
    pointer.reset();
    lastFrame = frame;
    lastMenu = text;
    const menu = build(entries);
    menu.on('menu-will-show', () => {
      openUntil = Date.now() + OPEN_MS;
      projects.refresh();
    });
    menu.on('menu-will-close', () => {
      openUntil = 0;
      // A box that was ticked shows so at once, whether or not the change was taken: the truth comes with the next menu.
      lastMenu = ' ';
      update();
    });
    icon.setMenu(menu);
  }

  icon.on('right-click', () => {
    if (isHeldBySystem) return;
    projects.refresh();
    icon.popUp(build(template()));
  });
  const renewIfGone = () => {
    if (icon.isGone) icon.renew();
  };
  // Panels come and go with sleep and screens, and take the icon along without a word.
  const renewSoon = () => setTimeout(() => (isHeldBySystem ? icon.renew() : renewIfGone()), SETTLE_MS);
  powerMonitor.on('resume', renewSoon);
  screen.on('display-added', renewSoon);
  screen.on('display-removed', renewSoon);
  if (isHeldBySystem) {
    let hostTimer: NodeJS.Timeout | undefined;
    void watchForTrayHost(() => {
      clearTimeout(hostTimer);
      hostTimer = setTimeout(() => icon.renew(), HOST_MS);
    });
  }
  engine.onActivity(() => busy.set(engine.current.active.length));
  today.onChange(() => {
    if (figuresTimer !== undefined) return;
    figuresTimer = setTimeout(() => {
      figuresTimer = undefined;
      update();
    }, FIGURES_MS);
  });
  update();
  return () => {
    busy.set(engine.current.active.length);
    update();
  };
}
