import type { Settings } from '../../settings/app-settings.js';
import type { UpdateState } from '../../shared/ipc.js';
import { type PlainKey, t } from '../../words/index.js';

/** The state of updates, as a value that events move on. */

export type UpdateEvent =
  | { readonly type: 'checking' | 'none' | 'unwanted' }
  | { readonly type: 'found' | 'downloaded'; readonly version: string }
  | { readonly type: 'failed' | 'not-installed'; readonly error: unknown };

/** What is ready to be installed stays so, however later checks end, unless it is not wanted any more. */
export function nextUpdate(state: UpdateState, event: UpdateEvent): UpdateState {
  if (state.status === 'off') return state;
  switch (event.type) {
    case 'downloaded':
      return { status: 'ready', version: event.version };
    case 'found':
      return isReady(state, event.version) ? state : { status: 'downloading', version: event.version };
    case 'checking':
      return state.status === 'ready' || state.status === 'downloading' ? state : { status: 'checking' };
    case 'none':
      return state.status === 'ready' ? state : { status: 'current' };
    case 'unwanted':
      return { status: 'idle' };
    case 'failed':
      return state.status === 'ready'
        ? state
        : {
            status: 'failed',
            reason: updateFailure(
              event.error,
              state.status === 'downloading' ? 'app.updates.downloadFailed' : 'app.updates.checkFailed',
            ),
          };
    case 'not-installed':
      return { status: 'failed', reason: updateFailure(event.error, 'app.updates.notInstalled') };
  }
}

function isReady(state: UpdateState, version: string): boolean {
  return state.status === 'ready' && state.version === version;
}

/** Whether whoever chose that channel wants the version: a beta has a part behind a hyphen. */
export function isWanted(version: string, channel: Settings['updateChannel']): boolean {
  return channel === 'beta' || !version.includes('-');
}

export interface Build {
  readonly isPackaged: boolean;
  /** Whether it was built with an address to ask for updates. */
  readonly hasFeed: boolean;
  readonly platform: string;
  readonly isAppImage: boolean;
}

/** Why this build can't update itself, in a sentence; undefined: it can. */
export function whyNoUpdates({ isPackaged, hasFeed, platform, isAppImage }: Build): string | undefined {
  if (!isPackaged) return t('app.updates.development');
  if (platform === 'linux' && !isAppImage) return t('app.updates.notAppImage');
  if (!hasFeed) return t('app.updates.noFeed');
  return undefined;
}

/**
 * Codes of electron-updater and the system, what Chromium and Squirrel say where they have none, and what a person is
 * told. Whatever else an error with a code says is ignored: it repeats what the server sent.
 */
const FAILURES: readonly [RegExp, PlainKey][] = [
  [/code signature|not signed|ERR_UPDATER_INVALID_SIGNATURE/i, 'app.updates.signature'],
  [/^ERR_CHECKSUM/, 'app.updates.checksum'],
  [/^ENOSPC/, 'app.updates.noSpace'],
  [/^(?:EACCES|EPERM|EROFS)/, 'app.updates.noPermission'],
  [/^HTTP_ERROR_404|^Cannot download "[^"]*", status 404/, 'app.updates.noFile'],
  [/^HTTP_ERROR|^Cannot download "[^"]*", status/, 'app.updates.serverError'],
  [/^ERR_UPDATER_(?:CHANNEL_FILE_NOT_FOUND|NO_PUBLISHED_VERSIONS)/, 'app.updates.nothing'],
  [/^ERR_UPDATER/, 'app.updates.unclear'],
  [/net::|^(?:ENOTFOUND|ECONN|ETIMEDOUT|EAI_AGAIN)/, 'app.updates.unreachable'],
];

/** The error's own words hold addresses and headers: they are not shown. */
function updateFailure(error: unknown, otherwise: PlainKey): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  const text = typeof code === 'string' ? code : error instanceof Error ? error.message : '';
  return t(FAILURES.find(([mark]) => mark.test(text))?.[1] ?? otherwise);
}
