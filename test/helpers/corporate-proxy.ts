import http from 'node:http';
import net from 'node:net';
import { onTestFinished } from 'vitest';

export interface CorporateProxy {
  readonly port: number;
  /** Hosts and ports that tunnels were asked for. */
  readonly tunnels: string[];
  /** Whole URLs that were asked for. */
  readonly urls: string[];
  /** Everything that was said to the proxy itself, in fields. */
  readonly fields: string[];
  /** What it answers to CONNECT instead of opening a tunnel. */
  refuseWith: string | undefined;
}

/**
 * A real forward proxy: CONNECT tunnels, and plain requests for whole URLs. Every name is this machine to it, so that a
 * test can use names that nobody else resolves.
 */
export async function startCorporateProxy(): Promise<CorporateProxy> {
  const seen: CorporateProxy = { port: 0, tunnels: [], urls: [], fields: [], refuseWith: undefined };
  const sockets = new Set<net.Socket>();
  const server = http.createServer((request, response) => {
    seen.urls.push(request.url ?? '');
    seen.fields.push(...request.rawHeaders);
    const { method, headers } = request;
    const onward = http.request(request.url ?? '', { method, headers, agent: false }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
  });
  server.on('connect', (request, socket, head) => {
    seen.tunnels.push(request.url ?? '');
    seen.fields.push(...request.rawHeaders);
    if (seen.refuseWith !== undefined) {
      socket.end(seen.refuseWith);
      return;
    }
    const port = Number(/\d+$/.exec(request.url ?? '')?.[0]);
    const onward = net.connect({ host: '127.0.0.1', port }, () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      if (head.length > 0) onward.write(head);
      onward.pipe(socket);
      socket.pipe(onward);
    });
    sockets.add(onward);
    onward.on('error', () => socket.destroy());
    socket.on('error', () => onward.destroy());
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => {
      server.close(resolve);
    });
  });
  return Object.assign(seen, { port: (server.address() as net.AddressInfo).port });
}
