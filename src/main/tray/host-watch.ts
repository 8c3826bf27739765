import { type BusSignal, listenOnBus } from './session-bus.js';

/** What desktops' panels of the newer kind (StatusNotifierItem) offer on the session's bus. */
const WATCHER = 'org.kde.StatusNotifierWatcher';
const RULES = [
  `type='signal',sender='org.freedesktop.DBus',member='NameOwnerChanged',arg0='${WATCHER}'`,
  `type='signal',interface='${WATCHER}',member='StatusNotifierHostRegistered'`,
];

/**
 * Tells when a panel that shows icons has come up. Electron chooses the older kind of tray (XEmbed) for an icon that
 * finds none, and stays with it: at login, where Meshbar may be faster than the panel, it would never be seen.
 */
export function onTrayHost(listener: () => void, address = process.env.DBUS_SESSION_BUS_ADDRESS): () => void {
  return listenOnBus(address, RULES, (signal) => {
    if (hasCome(signal)) listener();
  });
}

/** The name's new owner is empty when it has gone. */
function hasCome({ member, texts }: BusSignal): boolean {
  if (member === 'StatusNotifierHostRegistered') return true;
  return member === 'NameOwnerChanged' && texts[0] === WATCHER && texts[2] !== '';
}
