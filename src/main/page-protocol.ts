import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { protocol, type WebFrameMain } from 'electron';

/**
 * The windows' pages come from a scheme of their own rather than from file:, so that a page can reach nothing but what
 * is beside it, and so that its policy is a header that no markup can loosen.
 */
const SCHEME = 'meshbar';
const HOST = 'app';
export const PAGE_URL = `${SCHEME}://${HOST}/index.html`;

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
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges: { standard: true, secure: true } }]);
}

/** Serves the files of `folder`, once the app is ready. */
export function servePages(folder: string): void {
  protocol.handle(SCHEME, async (request) => {
    const url = new URL(request.url);
    const file = path.join(folder, path.normalize(decodeURIComponent(url.pathname)));
    const type = TYPES[path.extname(file)];
    if (url.host !== HOST || !type || !file.startsWith(folder + path.sep)) return new Response(null, { status: 404 });
    try {
      const headers = { 'content-type': type, 'content-security-policy': POLICY, 'x-content-type-options': 'nosniff' };
      return new Response(new Uint8Array(await readFile(file)), { headers });
    } catch {
      return new Response(null, { status: 404 });
    }
  });
}

/** Whether the frame is a page of ours, at the top of its window. */
export function isOurPage(frame: WebFrameMain | null): boolean {
  return frame !== null && frame.parent === null && new URL(frame.url).origin === new URL(PAGE_URL).origin;
}
