import http from 'node:http';

/** The least that Node needs to pass requests on: no key, no meter, no ledger. Prints its port. */
const upstream = new URL(process.argv[2] ?? '');
const agent = new http.Agent({ keepAlive: true, scheduling: 'lifo' });
const HOP_BY_HOP = new Set(['connection', 'keep-alive', 'transfer-encoding', 'host']);

function endToEnd(rawHeaders: readonly string[]): string[] {
  const out: string[] = [];
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i] as string;
    if (!HOP_BY_HOP.has(name.toLowerCase())) out.push(name, rawHeaders[i + 1] as string);
  }
  return out;
}

const server = http.createServer({ noDelay: true, requestTimeout: 0 }, (request, response) => {
  const outgoing = http.request({
    agent,
    host: upstream.hostname,
    port: upstream.port,
    method: request.method,
    path: request.url,
    headers: ['Host', upstream.host, ...endToEnd(request.rawHeaders)],
  });
  outgoing.on('response', (incoming) => {
    response.writeHead(incoming.statusCode ?? 502, endToEnd(incoming.rawHeaders));
    incoming.pipe(response);
  });
  outgoing.on('error', () => response.destroy());
  response.on('close', () => {
    if (!response.writableFinished) outgoing.destroy();
  });
  request.pipe(outgoing);
});
server.listen({ port: 0, host: '127.0.0.1', backlog: 1024 }, () => {
  const address = server.address();
  if (typeof address === 'object' && address) process.stdout.write(`${address.port}\n`);
});
