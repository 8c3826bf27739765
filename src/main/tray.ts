import { type Menu, powerMonitor, screen } from 'electron';
import type { AppState } from '../shared/ipc.js';
import type { Engine } from './engine.js';
import { buildMenu } from './menu.js';
import { createMenuProjects } from './menu-projects.js';
import { type MenuAction, menuTemplate } from './menu-template.js';
import { trayFace } from './tray-face.js';
import { createTrayFigures } from './tray-figures.js';
import type { TrayIcon } from './tray-icon.js';

export interface TrayOptions {
  readonly icon: TrayIcon;
  readonly engine: Engine;
  readonly state: () => Omit<AppState, 'window'>;
  /** Does what was chosen in the menu. */
  readonly perform: (action: Exclude<MenuAction, { reload: 'projects' }>) => void;
}

/** How often a menu that the system holds is replaced at most. */
const MENU_MS = 1000;
/** A menu that is open is left alone for this long at most: not every system tells that it was closed. */
const OPEN_MS = 15_000;
/** After waking up, the program that shows trays needs a moment too. */
const SETTLE_MS = 2000;

export interface TrayUpdates {
  /** To be called when something in the state has changed. */
  update(): void;
  close(): void;
}

/** Keeps icon and menu as the state and the traffic want them. */
export function registerTray({ icon, engine, state, perform }: TrayOptions): TrayUpdates {
  // Only Linux gets its menu ahead: elsewhere it is built when it is asked for, with the figures of that moment.
  const isHeldBySystem = process.platform === 'linux';
  let lastMenu = '';
  let menuTimer: NodeJS.Timeout | undefined;
  let openUntil = 0;
  const figures = createTrayFigures(engine, update);
  const projects = createMenuProjects(engine, update);

  function update(): void {
    icon.show(trayFace(state(), figures.isBusy, figures.today));
    if (isHeldBySystem) menuTimer ??= setTimeout(replaceMenu, lastMenu === '' ? 0 : MENU_MS);
  }

  function template() {
    const now = state();
    const { reason } = trayFace(now, figures.isBusy, figures.today);
    return menuTemplate({ state: now, reason, today: figures.today, projects: projects.current });
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
  update();
  return {
    update,
    close() {
      figures.close();
      clearTimeout(menuTimer);
    },
  };
}
