import { Notification } from 'electron';
import type { Told } from './notifications.js';

/** Those that are shown: the system forgets the click on one that was collected as garbage. */
const shown = new Set<Notification>();

/** Has the system show it, where it does that at all. */
export function notify({ title, body }: Told, onClick: () => void): void {
  if (!Notification.isSupported()) return;
  const notification = new Notification({ title, body });
  shown.add(notification);
  notification.on('click', onClick);
  notification.on('close', () => shown.delete(notification));
  notification.show();
}
