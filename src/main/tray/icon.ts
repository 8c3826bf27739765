import { EventEmitter } from 'node:events';
import path from 'node:path';
import { type Menu, type NativeImage, nativeImage, Tray } from 'electron';
import type { Icon } from '../../shared/app-status.js';
import type { Bounds } from '../windows/position.js';
import type { TrayFace } from './face.js';
import { trayImageName } from './images.js';

/**
 * The icon in the tray, which outlives the system's: when the program that shows trays has crashed, or a session has
 * slept, `renew` puts up a new one that looks and listens as the old one did. What is unchanged is not set again.
 */
export interface TrayIcon {
  show(face: TrayFace): void;
  /** The menu the system opens by itself (Linux). */
  setMenu(menu: Menu): void;
  /** Opens a menu at the icon (macOS, Windows). */
  popUp(menu: Menu): void;
  /** undefined where the system doesn't tell (Linux). */
  readonly bounds: Bounds | undefined;
  readonly isGone: boolean;
  on(event: 'click' | 'right-click' | 'double-click', listener: () => void): void;
  renew(): void;
  destroy(): void;
}

const START: TrayFace = { icon: 'stopped', tooltip: 'Meshbar', title: '' };

const FOLDER = path.join(__dirname, '../../assets/tray');

export function createTrayIcon(platform: NodeJS.Platform = process.platform): TrayIcon {
  const images = new Map<Icon, NativeImage>();
  const events = new EventEmitter();
  let face = START;
  let menu: Menu | undefined;
  let tray = create();

  function imageOf(icon: Icon): NativeImage {
    const known = images.get(icon);
    if (known) return known;
    const image = nativeImage.createFromPath(path.join(FOLDER, trayImageName(icon, platform)));
    images.set(icon, image);
    return image;
  }

  function create(): Tray {
    const made = new Tray(imageOf(face.icon));
    made.setToolTip(face.tooltip);
    if (platform === 'darwin') {
      made.setTitle(face.title, { fontType: 'monospacedDigit' });
      // Else a quick second click would be swallowed as the second half of a double click.
      made.setIgnoreDoubleClickEvents(true);
    }
    if (menu) made.setContextMenu(menu);
    for (const event of ['click', 'right-click', 'double-click'] as const) {
      made.on(event as 'click', () => events.emit(event));
    }
    return made;
  }

  return {
    show(next) {
      const last = face;
      face = next;
      if (tray.isDestroyed()) return;
      if (next.icon !== last.icon) tray.setImage(imageOf(next.icon));
      if (next.tooltip !== last.tooltip) tray.setToolTip(next.tooltip);
      if (platform === 'darwin' && next.title !== last.title) {
        tray.setTitle(next.title, { fontType: 'monospacedDigit' });
      }
    },
    setMenu(next) {
      menu = next;
      if (!tray.isDestroyed()) tray.setContextMenu(next);
    },
    popUp(next) {
      if (!tray.isDestroyed()) tray.popUpContextMenu(next);
    },
    get bounds() {
      if (tray.isDestroyed()) return undefined;
      const bounds = tray.getBounds();
      return bounds.width > 0 ? bounds : undefined;
    },
    get isGone() {
      return tray.isDestroyed();
    },
    on(event, listener) {
      events.on(event, listener);
    },
    renew() {
      if (!tray.isDestroyed()) tray.destroy();
      tray = create();
    },
    destroy() {
      if (!tray.isDestroyed()) tray.destroy();
    },
  };
}
