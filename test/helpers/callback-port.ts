import net from 'node:net';

export const CALLBACK_PORT = 8765;

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
