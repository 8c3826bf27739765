import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import lockfile from 'proper-lockfile';

export const CALLBACK_PORT = 8765;

/** Test files run beside each other, and there is one such port: whoever signs in waits for their turn. Gives its end. */
export function takeSignInTurn(): Promise<() => Promise<void>> {
  return lockfile.lock(path.join(os.tmpdir(), 'meshbar-sign-in-turn'), {
    realpath: false,
    stale: 10_000,
    retries: { retries: 500, minTimeout: 20, maxTimeout: 100 },
  });
}

/** Takes the port of the sign-in on one address; call what it gives to let it go. */
export async function takePort(host: string): Promise<() => Promise<void>> {
  const server = net.createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port: CALLBACK_PORT, ipv6Only: true }, resolve);
  });
  return () => new Promise((resolve) => server.close(() => resolve()));
}

/** Whether nobody listens there, on either loopback address. */
export async function isPortFree(): Promise<boolean> {
  try {
    for (const host of ['127.0.0.1', '::1']) await (await takePort(host))();
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE') return false;
    // A machine without IPv6.
    if (code === 'EADDRNOTAVAIL' || code === 'EAFNOSUPPORT') return true;
    throw error;
  }
}
