import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { protocol } from 'electron';
import { DEV_SERVER, fromDevServer } from './dev-server.js';
import { PAGE_SCHEME, pageFile } from './page-address.js';

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
};

/** To be called before the app is ready. */
export function registerPageScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: PAGE_SCHEME, privileges: { standard: true, secure: true } }]);
}

/** Serves the files of `folder`, once the app is ready. */
export function servePages(folder: string): void {
  protocol.handle(PAGE_SCHEME, async (request) => {
    if (DEV_SERVER !== undefined) return fromDevServer(DEV_SERVER, request.url);
    const file = pageFile(folder, request.url);
    const type = file && TYPES[path.extname(file)];
    if (!type) return new Response(null, { status: 404 });
    try {
      const headers = { 'content-type': type, 'content-security-policy': POLICY, 'x-content-type-options': 'nosniff' };
      return new Response(new Uint8Array(await readFile(file)), { headers });
    } catch {
      return new Response(null, { status: 404 });
    }
  });
}
