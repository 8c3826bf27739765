import { app, session } from 'electron';
import { isDevSocket } from './dev-server.js';
import { PAGE_SCHEME } from './page-address.js';

/**
 * Keeps every window on our own pages: it goes nowhere else, opens nothing, embeds nothing, fetches nothing and is
 * granted nothing, whatever a script in it tries. To be called once the app is ready, before a window is made.
 */
export function registerGuards(): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
    contents.on('will-navigate', (event) => event.preventDefault());
    contents.on('will-frame-navigate', (event) => event.preventDefault());
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
  });
  const { defaultSession } = session;
  defaultSession.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  defaultSession.setPermissionCheckHandler(() => false);
  defaultSession.setDevicePermissionHandler(() => false);
  // The policy of the pages says the same; this holds for a page that is not ours, too.
  defaultSession.webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: !isLocal(url) }));
}

function isLocal(url: string): boolean {
  return url.startsWith(`${PAGE_SCHEME}:`) || url.startsWith('devtools:') || isDevSocket(url);
}
