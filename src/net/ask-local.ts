import http from 'node:http';

/** What came of a plain request on this machine; `code` is Node's, or ETIMEDOUT. */
export type LocalAnswer =
  | { readonly ok: true; readonly status: number; readonly text: string }
  | { readonly ok: false; readonly code: string };

export interface LocalQuestion {
  readonly host: string;
  readonly port: number;
  /** A path, or a whole URL where `host` is a proxy. */
  readonly path: string;
  /** The Host field; else of `host` and `port`. */
  readonly hostField?: string;
  /** A secret. */
  readonly localKey?: string;
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

const TIMEOUT_MS = 2000;
const MAX_CHARACTERS = 64 * 1024;

/**
 * One GET over plain HTTP to a server on this machine, a proxy of ours most likely, past every proxy of the
 * environment. Never rejects. With node:http, since a command that only looks whether a proxy runs should not have to
 * load undici (docs/adr/0021).
 */
export function askLocal(question: LocalQuestion): Promise<LocalAnswer> {
  const { host, port, path, hostField, localKey, timeoutMs = TIMEOUT_MS, signal } = question;
  return new Promise((resolve) => {
    const fail = (error: NodeJS.ErrnoException) => resolve({ ok: false, code: error.code ?? error.name });
    const headers: Record<string, string> = {};
    if (hostField !== undefined) headers.Host = hostField;
    if (localKey !== undefined) headers.Authorization = `Bearer ${localKey}`;
    const options = {
      host: host.replace(/^\[|\]$/g, ''),
      port,
      path,
      agent: false,
      timeout: timeoutMs,
      signal,
      headers,
    };
    const request = http.get(options, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk.slice(0, MAX_CHARACTERS - text.length);
      });
      response.on('error', fail);
      response.on('end', () => resolve({ ok: true, status: response.statusCode ?? 0, text }));
    });
    request.on('timeout', () => request.destroy(Object.assign(new Error('timeout'), { code: 'ETIMEDOUT' })));
    request.on('error', fail);
  });
}

/** The same of a proxy by its address, such as "http://127.0.0.1:8766". */
export function askProxy(url: string, rest: Omit<LocalQuestion, 'host' | 'port'>): Promise<LocalAnswer> {
  const { hostname, port } = new URL(url);
  return askLocal({ host: hostname, port: Number(port || 80), ...rest });
}
