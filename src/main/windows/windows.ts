import { app, BrowserWindow, screen, type WebContents } from 'electron';
import { currentLocale } from '../../words/locale.js';
import type { TrayIcon } from '../tray/icon.js';
import { APP_ICON } from './app-icon.js';
import { createWindowBounds, type WindowBounds } from './bounds.js';
import { pageAddress } from './page-address.js';
import { createPopover } from './popover.js';
import { boundsInReach } from './position.js';
import { backgroundColor, onScreens, registerBackground, WINDOW } from './window.js';

/** The popover, and the window it can be popped out into: one page, two frames. */
export interface Windows {
  /** Shows what is there: the window if it was popped out, else the popover. Gives the page that is shown, once it is. */
  show(where?: 'icon' | 'corner'): Promise<WebContents | undefined>;
  /** Puts the popover away, or closes the window. */
  hide(sender: WebContents): void;
  popOut(): void;
  /** What a click on the icon asks for: brings the window to the front, else shows or hides the popover. */
  toggle(): void;
  /** The person has turned to something else: hides the popover, unless it stays open. */
  leave(): void;
  setKeepOpen(keep: boolean): void;
  kindOf(sender: WebContents | undefined): 'popover' | 'window';
}

export interface WindowsOptions {
  readonly icon: TrayIcon;
  /** Where the window's bounds are remembered. */
  readonly folder: string;
}

const REST_MS = 300;

export function createWindows({ icon, folder }: WindowsOptions): Windows {
  const bounds = createWindowBounds(folder);
  let popped: BrowserWindow | undefined;
  const popover = createPopover({ icon });
  registerBackground();
  onScreens(() => {
    if (popped && !boundsInReach(popped.getBounds(), screen.getAllDisplays())) popped.center();
  });

  function focusPopped(): boolean {
    if (!popped) return false;
    popped.show();
    popped.focus();
    return true;
  }

  function popOut(): void {
    popover.hide();
    if (focusPopped()) return;
    const last = bounds.read();
    const window = new BrowserWindow({
      ...WINDOW,
      width: 480,
      height: 720,
      ...(last ? boundsInReach(last, screen.getAllDisplays()) : {}),
      minWidth: 400,
      minHeight: 480,
      backgroundColor: backgroundColor(),
      ...(process.platform === 'darwin' ? {} : { icon: APP_ICON }),
    });
    popped = window;
    window.once('ready-to-show', () => window.show());
    rememberBounds(window, bounds);
    window.on('closed', () => {
      popped = undefined;
      app.dock?.hide();
    });
    // A window that can lie behind others must be found again.
    void app.dock?.show();
    void window.loadURL(pageAddress(currentLocale()));
  }

  return {
    async show(where) {
      if (focusPopped()) return popped?.webContents;
      await popover.show(where);
      return popover.window?.webContents;
    },
    hide(sender) {
      if (popped && sender === popped.webContents) popped.close();
      else popover.hide();
    },
    popOut,
    toggle() {
      if (!focusPopped()) popover.toggle();
    },
    leave: () => popover.leave(),
    setKeepOpen: (keep) => popover.setKeepOpen(keep),
    kindOf: (sender) => (popped && sender === popped.webContents ? 'window' : 'popover'),
  };
}

/** Once the window has come to rest, not only when it closes: an app that is ended closes no windows. */
function rememberBounds(window: BrowserWindow, bounds: WindowBounds): void {
  let timer: NodeJS.Timeout | undefined;
  const remember = () => bounds.write(window.getNormalBounds());
  const rememberSoon = () => {
    clearTimeout(timer);
    timer = setTimeout(remember, REST_MS);
  };
  window.on('resize', rememberSoon);
  window.on('move', rememberSoon);
  window.on('close', () => {
    clearTimeout(timer);
    remember();
  });
}
