import type { Requests } from '../ipc/requests.js';
import type { Copier } from './copier.js';

export interface CopyRequestsOptions {
  readonly requests: Requests;
  readonly copier: Copier;
  /** Puts what is no secret on the clipboard. */
  readonly copyText: (text: string) => void;
}

export function registerCopyRequests({ requests, copier, copyText }: CopyRequestsOptions): void {
  requests.handle('env:preview', async (what) => ({ masked: await copier.preview(what) }));
  requests.handle('env:copy', async (what) => ({ masked: await copier.copy(what) }));
  requests.handle('text:copy', ({ text }) => copyText(text));
}
