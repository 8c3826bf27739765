import { type BrowserWindow, screen, type Tray } from 'electron';
import { menubar } from 'menubar';
import { currentLocale } from '../../words/locale.js';
import type { TrayIcon } from '../tray/icon.js';
import { pageAddress } from './page-address.js';
import { anchorAtPointer, type Bounds, contains, type Point, popoverPosition } from './position.js';
import { backgroundColor, onScreens, WINDOW } from './window.js';

export interface Popover {
  readonly window: BrowserWindow | undefined;
  /**
   * At the icon; `corner`: the icon has nothing to do with it (a shortcut, a second start). Resolves when it is shown:
   * where there is no window, one is made and loaded first.
   */
  show(where?: 'icon' | 'corner'): Promise<void>;
  hide(): void;
  /** What a click on the icon asks for: shown if it is hidden, hidden if it is shown. */
  toggle(): void;
  /** The person has turned to something else: hides it, unless it stays open. */
  leave(): void;
  setKeepOpen(keep: boolean): void;
}

export interface PopoverOptions {
  readonly icon: TrayIcon;
}

/** A click on the icon takes the focus away first; this long, the popover waits for it. */
const CLICK_MS = 150;
/** Within this, the page has asked for its first figures and painted them. */
const FIRST_PAINT_MS = 5000;

const SIZE = { width: 400, height: 640 };
const OPTIONS = {
  ...WINDOW,
  ...SIZE,
  frame: false,
  resizable: false,
  minimizable: false,
  maximizable: false,
  fullscreenable: false,
  skipTaskbar: true,
  alwaysOnTop: true,
};

/** The window under the icon. It is loaded at the start and only shown by a click, so that it is there at once. */
export function createPopover({ icon }: PopoverOptions): Popover {
  let keep = false;
  let where: 'icon' | 'corner' = 'icon';
  let anchor: Bounds | undefined;
  let blurTimer: NodeJS.Timeout | undefined;

  let clicked = () => {};

  // menubar holds one Tray for life. Ours may be replaced, and its clicks may mean something else, so it gets what it
  // uses of one.
  const trayForMenubar: Pick<Tray, 'setToolTip' | 'getBounds'> & { on: TrayIcon['on'] } = {
    on: (event, listener) => {
      if (event === 'click') clicked = listener;
    },
    setToolTip: () => {},
    getBounds: () => icon.bounds ?? { x: 0, y: 0, width: 0, height: 0 },
  };
  const bar = menubar({
    tray: trayForMenubar as Tray,
    browserWindow: { ...OPTIONS, backgroundColor: backgroundColor() },
    index: pageAddress(currentLocale()),
    preloadWindow: true,
    activateWithApp: false,
  });

  function position(window: BrowserWindow | undefined): Point {
    const pointer = screen.getCursorScreenPoint();
    const display = icon.bounds ? screen.getDisplayMatching(icon.bounds) : screen.getDisplayNearestPoint(pointer);
    anchor = icon.bounds ?? (where === 'icon' ? anchorAtPointer(pointer, display) : undefined);
    return popoverPosition(window?.getBounds() ?? SIZE, display, anchor);
  }

  bar.on('show', () => {
    // menubar's own places reach over the edge of small or shifted screens; x and y win over them.
    bar.setOption('browserWindow', { ...OPTIONS, backgroundColor: backgroundColor(), ...position(bar.window) });
  });
  bar.on('before-load', () => {
    const { window } = bar;
    if (!window) return;
    if (process.platform === 'darwin') {
      window.setVisibleOnAllWorkspaces(true, { visibleOnFullScreen: true, skipTransformProcessType: true });
    }
    closeOnEscapeWhileHung(window, () => bar.hideWindow());
    hideOncePainted(window);
  });
  bar.on('focus-lost', () => {
    if (keep) return;
    // The click that follows would open again what this closes.
    if (icon.bounds && contains(icon.bounds, screen.getCursorScreenPoint())) return;
    clearTimeout(blurTimer);
    blurTimer = setTimeout(() => bar.hideWindow(), CLICK_MS);
  });
  onScreens(() => {
    const { window } = bar;
    if (!window?.isVisible()) return;
    const display = anchor ? screen.getDisplayMatching(anchor) : screen.getDisplayMatching(window.getBounds());
    const { x, y } = popoverPosition(window.getBounds(), display, icon.bounds ?? anchor);
    window.setPosition(x, y);
  });

  function hide(): void {
    clearTimeout(blurTimer);
    bar.hideWindow();
  }

  return {
    get window() {
      return bar.window;
    },
    async show(next = 'icon') {
      clearTimeout(blurTimer);
      where = next;
      if (bar.window?.isVisible()) bar.window.focus();
      else await bar.showWindow();
    },
    hide,
    toggle() {
      clearTimeout(blurTimer);
      where = 'icon';
      clicked();
    },
    leave() {
      if (!keep) hide();
    },
    setKeepOpen(value) {
      keep = value;
    },
  };
}

/**
 * A page that was loaded in a hidden window takes itself for looked at until that window is hidden: it would ask once a
 * minute, and would not ask when it is looked at for the first time. Painted with its figures before, it is there at once.
 */
function hideOncePainted(window: BrowserWindow): void {
  window.once('ready-to-show', () => {
    setTimeout(() => {
      if (!window.isDestroyed() && !window.isVisible()) window.hide();
    }, FIRST_PAINT_MS);
  });
}

/** Escape is the page's to deal with: it may close a detail first. A page that hangs can't. */
function closeOnEscapeWhileHung(window: BrowserWindow, close: () => void): void {
  let isHung = false;
  window.on('unresponsive', () => {
    isHung = true;
  });
  window.on('responsive', () => {
    isHung = false;
  });
  window.webContents.on('before-input-event', (_event, input) => {
    const isDead = isHung || window.webContents.isCrashed();
    if (isDead && input.type === 'keyDown' && input.key === 'Escape') close();
  });
}
