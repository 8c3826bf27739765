import type { Message } from 'dbus-native';

/** What desktops' panels of the newer kind (StatusNotifierItem) offer on the session's bus. */
const WATCHER = 'org.kde.StatusNotifierWatcher';
const RULES = [
  `type='signal',sender='org.freedesktop.DBus',member='NameOwnerChanged',arg0='${WATCHER}'`,
  `type='signal',interface='${WATCHER}',member='StatusNotifierHostRegistered'`,
];

/**
 * Tells when a panel that shows icons has come up. Electron chooses the older kind of tray (XEmbed) for an icon that
 * finds none, and stays with it: at login, where Meshbar may be faster than the panel, it would never be seen. It has a
 * connection to the session's bus of its own, which is out of reach. Without a bus, nothing is told; never rejects.
 */
export async function watchForTrayHost(
  onHost: () => void,
  busAddress = process.env.DBUS_SESSION_BUS_ADDRESS,
): Promise<void> {
  if (!busAddress) return;
  try {
    const { sessionBus } = await import('dbus-native');
    const bus = sessionBus({ busAddress });
    // A session that ends takes its bus along, and the tray.
    bus.connection.on('error', () => {});
    bus.connection.on('message', (message) => {
      if (hasCome(message)) onHost();
    });
    await Promise.all(RULES.map((rule) => bus.addMatch(rule)));
  } catch {
    // An address of a kind that is not known, or a bus that takes no rules.
  }
}

/** The name's new owner is empty when it has gone. */
function hasCome({ member, body }: Message): boolean {
  if (member === 'StatusNotifierHostRegistered') return true;
  return member === 'NameOwnerChanged' && body?.[0] === WATCHER && body[2] !== '';
}
