import http from 'node:http';
import net from 'node:net';

/** What came of a plain request on this machine; `code` is Node's, or ETIMEDOUT. */
export type Answer =
  | { readonly ok: true; readonly status: number; readonly text: string }
  | { readonly ok: false; readonly code: string };

export interface AskOptions {
  readonly host: string;
  readonly port: number;
  /** A path, or a whole URL where `host` is a proxy. */
  readonly path: string;
  /** The Host field; else of `host` and `port`. */
  readonly hostField?: string;
  readonly signal: AbortSignal;
}

const TIMEOUT_MS = 2000;
const MAX_CHARACTERS = 4096;

/** One GET over plain HTTP, past every proxy of the environment. Never rejects. */
export function ask({ host, port, path, hostField, signal }: AskOptions): Promise<Answer> {
  return new Promise((resolve) => {
    const fail = (error: NodeJS.ErrnoException) => resolve({ ok: false, code: error.code ?? error.name });
    const request = http.get(
      { host, port, path, agent: false, timeout: TIMEOUT_MS, signal, headers: hostField ? { Host: hostField } : {} },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          text += chunk.slice(0, MAX_CHARACTERS - text.length);
        });
        response.on('error', fail);
        response.on('end', () => resolve({ ok: true, status: response.statusCode ?? 0, text }));
      },
    );
    request.on('timeout', () => request.destroy(Object.assign(new Error('timeout'), { code: 'ETIMEDOUT' })));
    request.on('error', fail);
  });
}

/** Whether somebody listens there: undefined if so, else Node's code of why not. */
export function whyNoConnection(host: string, port: number, signal: AbortSignal): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = net.connect({ host, port, timeout: TIMEOUT_MS });
    const end = (code: string | undefined) => {
      socket.destroy();
      resolve(code);
    };
    socket.on('connect', () => end(undefined));
    socket.on('timeout', () => end('ETIMEDOUT'));
    socket.on('error', (error: NodeJS.ErrnoException) => end(error.code ?? error.name));
    signal.addEventListener('abort', () => end('ETIMEDOUT'), { once: true });
  });
}

/** Whether we could listen there: undefined if so, else Node's code. The port is free again when this resolves. */
export function whyNoListening(host: string, port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = net.createServer();
    server.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.name));
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(undefined)));
  });
}
