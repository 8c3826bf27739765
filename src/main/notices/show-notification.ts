import { Notification } from 'electron';
import { APP_ICON } from '../windows/app-icon.js';
import type { SystemNotification } from './notifications.js';

/** Those that are shown: the system forgets the click on one that was collected as garbage. */
const shown = new Set<Notification>();

/** Linux finds the picture of packages that are installed, not of an AppImage. */
const OWN_ICON = process.platform === 'linux' ? { icon: APP_ICON } : {};

/** Has the system show it, where it does that at all. */
export function showNotification({ title, body }: SystemNotification, onClick: () => void): void {
  if (!Notification.isSupported()) return;
  const notification = new Notification({ title, body, ...OWN_ICON });
  shown.add(notification);
  notification.on('click', onClick);
  notification.on('close', () => shown.delete(notification));
  notification.show();
}
