import type { WebContents } from 'electron';
import type { Requests } from '../ipc/requests.js';
import type { AskedViews } from './asked-views.js';
import type { Windows } from './windows.js';

export interface WindowRequestsOptions {
  readonly requests: Requests;
  readonly windows: Pick<Windows, 'hide' | 'popOut'>;
  readonly askedViews: Pick<AskedViews<WebContents>, 'take'>;
}

export function registerWindowRequests({ requests, windows, askedViews }: WindowRequestsOptions): void {
  requests.handle('window:hide', (_input, sender) => windows.hide(sender));
  requests.handle('window:pop-out', () => windows.popOut());
  requests.handle('window:asked-view', (_input, sender) => askedViews.take(sender));
}
