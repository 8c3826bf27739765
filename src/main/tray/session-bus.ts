import net from 'node:net';
import { readMessage, writeCall } from './bus-messages.js';

/** What was said on the bus. */
export interface BusSignal {
  readonly member: string;
  /** Its arguments, where all of them are texts. */
  readonly texts: readonly string[];
}

/** Nothing that is listened for is longer; whoever says more is not a bus. */
const LONGEST = 64 * 1024;
const BUS = { destination: 'org.freedesktop.DBus', path: '/org/freedesktop/DBus', interface: 'org.freedesktop.DBus' };

/**
 * Tells the signals that the `rules` (match rules of D-Bus) let through, from the bus at `address`, such as
 * "unix:path=/run/user/1000/bus". It listens, and asks for nothing but that. Without a bus, nothing is told. Electron
 * has a connection of its own, which is out of reach. https://dbus.freedesktop.org/doc/dbus-specification.html
 */
export function listenOnBus(
  address: string | undefined,
  rules: readonly string[],
  onSignal: (signal: BusSignal) => void,
): () => void {
  const path = socketPath(address);
  if (path === undefined) return () => {};
  const socket = net.connect(path);
  socket.unref();
  let received = Buffer.alloc(0);
  let isIn = false;

  socket.on('connect', () => {
    const user = Buffer.from(String(process.getuid?.() ?? 0)).toString('hex');
    socket.write(`\0AUTH EXTERNAL ${user}\r\n`);
  });
  socket.on('data', (bytes: Buffer) => {
    received = Buffer.concat([received, bytes]);
    if (!isIn) enter();
    if (isIn) read();
    if (received.length > LONGEST) socket.destroy();
  });
  // A session that ends takes its bus along, and the tray.
  socket.on('error', () => socket.destroy());

  function enter(): void {
    const end = received.indexOf('\r\n');
    if (end < 0) return;
    if (!received.toString('latin1', 0, end).startsWith('OK ')) {
      socket.destroy();
      return;
    }
    received = received.subarray(end + 2);
    isIn = true;
    socket.write('BEGIN\r\n');
    socket.write(writeCall({ ...BUS, member: 'Hello', serial: 1 }));
    for (const [index, rule] of rules.entries()) {
      socket.write(writeCall({ ...BUS, member: 'AddMatch', serial: index + 2, text: rule }));
    }
  }

  function read(): void {
    for (;;) {
      const message = next();
      if (message === undefined) return;
      received = received.subarray(message.length);
      if (message.type === 'signal') onSignal(message);
    }
  }

  function next(): ReturnType<typeof readMessage> {
    try {
      return readMessage(received);
    } catch {
      socket.destroy();
      return undefined;
    }
  }
  return () => socket.destroy();
}

/** Of the first address that is a Unix socket; a name in the abstract namespace begins with a zero byte. */
function socketPath(address: string | undefined): string | undefined {
  for (const one of address?.split(';') ?? []) {
    const found = /^unix:(?:[^,]*,)*?(path|abstract)=([^,]+)/.exec(one);
    const [, kind, value = ''] = found ?? [];
    if (kind === 'path') return decodeURIComponent(value);
    if (kind === 'abstract') return `\0${decodeURIComponent(value)}`;
  }
  return undefined;
}
