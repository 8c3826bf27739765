import type { IncomingMessage } from 'node:http';

/** A body beyond this is counted and hashed, but not kept. */
const KEPT_BYTES = 64 * 1024 * 1024;

/** Reads a request's body whole. Undefined if the client left in the middle of it. */
export function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= KEPT_BYTES) chunks.push(chunk);
    });
    request.on('end', () => resolve(Buffer.concat(chunks)));
    request.on('close', () => resolve(request.complete ? Buffer.concat(chunks) : undefined));
  });
}

/** The body as JSON; undefined if it is none. */
export function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}
