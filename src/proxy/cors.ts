import type { IncomingRequest } from './incoming-request.js';

/** The Fetch standard's CORS protocol, for pages of origins that the user configured. Header lists are flat. */

/** What an answer to that page must carry. `methods` is the value of Allow. */
export function corsHeaders(origin: string, request: IncomingRequest, methods: string): string[] {
  const asked = request.headers['access-control-request-headers'];
  return [
    'Access-Control-Allow-Origin',
    origin,
    'Vary',
    'Origin',
    'Access-Control-Expose-Headers',
    '*',
    ...(request.method === 'OPTIONS' ? ['Access-Control-Allow-Methods', methods, 'Access-Control-Max-Age', '600'] : []),
    ...(asked === undefined ? [] : ['Access-Control-Allow-Headers', asked]),
  ];
}

/** Upstream's own CORS fields go: a browser refuses an answer with two of them. */
export function withCors(headers: readonly string[], cors: readonly string[]): string[] {
  const out: string[] = [];
  for (let i = 0; i < headers.length; i += 2) {
    const name = headers[i] as string;
    if (!/^access-control-/i.test(name)) out.push(name, headers[i + 1] as string);
  }
  out.push(...cors);
  return out;
}
