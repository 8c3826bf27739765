import type { WebContents } from 'electron';
import { type AppState, LINKS } from '../../shared/ipc.js';
import type { Requests } from '../ipc/requests.js';
import type { NoticeList } from '../notices/notices.js';

export interface AppRequestsOptions {
  readonly requests: Requests;
  readonly notices: Pick<NoticeList, 'dismiss'>;
  readonly stateFor: (sender: WebContents) => AppState;
  /** Opens a page in the browser. */
  readonly openLink: (url: string) => Promise<void>;
  readonly quit: () => void;
}

export function registerAppRequests({ requests, notices, stateFor, openLink, quit }: AppRequestsOptions): void {
  requests.handle('app:state', (_input, sender) => stateFor(sender));
  requests.handle('app:quit', quit);
  requests.handle('app:open-link', ({ link }) => openLink(LINKS[link]));
  requests.handle('app:dismiss-notice', ({ id }) => notices.dismiss(id));
}
