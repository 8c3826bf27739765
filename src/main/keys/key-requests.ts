import { textOf } from '../../words/index.js';
import type { AppEngine } from '../engine/app-engine.js';
import type { Requests } from '../ipc/requests.js';
import { consequencesOfNewKey } from '../settings/consequences.js';
import type { FirstRequestWatch } from '../usage/first-request.js';
import { recentTools } from '../usage/recent-tools.js';
import { createNamedKeys } from './named-keys.js';

export interface KeyRequestsOptions {
  readonly requests: Requests;
  readonly engine: AppEngine;
  /** Puts a key on the clipboard, marked as a secret. */
  readonly copySecret: (key: string) => Promise<void>;
  readonly firstRequest: Pick<FirstRequestWatch, 'copied'>;
}

export function registerKeyRequests({ requests, engine, copySecret, firstRequest }: KeyRequestsOptions): void {
  const named = createNamedKeys(engine, async (key) => {
    await copySecret(key);
    firstRequest.copied({ kind: 'local-key' });
  });

  requests.handle('key:show', async () => {
    const { key, source } = await engine.current.session.localKey();
    return { localKey: key, source: textOf(source, 'app') };
  });
  requests.handle('key:rotate', async () => {
    await engine.current.rotateLocalKey();
    return { consequences: consequencesOfNewKey(await recentTools(engine.current)) };
  });
  requests.handle('keys:list', () => named.list());
  requests.handle('keys:create', (wanted) => named.create(wanted));
  requests.handle('keys:copy-new', ({ id }) => named.copyNew(id));
  requests.handle('keys:put-away', () => named.putAway());
  requests.handle('keys:revoke', ({ id }) => engine.current.keys.revoke(id));
  requests.handle('keys:limit', ({ id, limit }) => engine.current.keys.setLimit(id, limit));
}
