import http from 'node:http';

/** Asks whoever listens there whether it is a Meshbar; undefined if it is something else or does not answer. */
export function portOwner(host: string, port: number): Promise<{ version: string } | undefined> {
  return new Promise((resolve) => {
    const request = http.get(
      { host: host.replace(/^\[|\]$/g, ''), port, path: '/healthz', timeout: 1500 },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          if (text.length < 4096) text += chunk;
        });
        response.on('error', () => resolve(undefined));
        response.on('end', () => resolve(parseHealth(text)));
      },
    );
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve(undefined));
  });
}

function parseHealth(text: string): { version: string } | undefined {
  try {
    const value = JSON.parse(text) as { name?: unknown; version?: unknown };
    return value.name === 'meshbar' && typeof value.version === 'string' ? { version: value.version } : undefined;
  } catch {
    return undefined;
  }
}
