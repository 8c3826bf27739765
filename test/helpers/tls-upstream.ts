import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { WebSocketServer } from 'ws';
import type { Certificate } from './certificates.js';

export interface TlsUpstream {
  readonly url: string;
  readonly port: number;
  /** Requests that came, as "method path authorization". */
  readonly requests: string[];
  /** All that was said in fields. */
  readonly fields: string[];
  readonly connections: number;
  /** Of those, the ones that resumed a session. */
  readonly resumed: number;
  /** Closes every connection. */
  drop(): void;
}

/** An upstream over TLS that answers every request with "secret answer", and echoes on WebSockets. */
export async function startTlsUpstream(certificate: Certificate): Promise<TlsUpstream> {
  const requests: string[] = [];
  const fields: string[] = [];
  let connections = 0;
  let resumed = 0;
  const server = https.createServer({ ...certificate }, (request, response) => {
    requests.push(`${request.method} ${request.url} ${request.headers.authorization}`);
    fields.push(...request.rawHeaders);
    request.resume();
    request.on('end', () => response.end('secret answer'));
  });
  const acceptor = new WebSocketServer({ server });
  acceptor.on('connection', (socket, request) => {
    requests.push(`WS ${request.url} ${request.headers.authorization}`);
    socket.on('message', (data, binary) => socket.send(data, { binary }));
  });
  server.on('secureConnection', (socket) => {
    connections += 1;
    if (socket.isSessionReused()) resumed += 1;
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(async () => {
    for (const socket of acceptor.clients) socket.terminate();
    acceptor.close();
    server.closeAllConnections();
    await new Promise((resolve) => {
      server.close(resolve);
    });
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `https://127.0.0.1:${port}`,
    port,
    requests,
    fields,
    get connections() {
      return connections;
    },
    get resumed() {
      return resumed;
    },
    drop: () => server.closeAllConnections(),
  };
}
