import type { Settings } from '../../settings/app-settings.js';
import type { UpdateState } from '../../shared/ipc.js';

/** Where updates stand, as a value that events move on. Pure. */

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
              state.status === 'downloading' ? 'Fetching the update failed.' : 'Looking for updates failed.',
            ),
          };
    case 'not-installed':
      return { status: 'failed', reason: updateFailure(event.error, 'The update could not be installed.') };
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
  if (!isPackaged) return 'This is a development build.';
  if (platform === 'linux' && !isAppImage)
    return 'Only the AppImage updates itself: install the newer package over this one.';
  if (!hasFeed) return 'This build knows no address to ask for updates.';
  return undefined;
}

/**
 * Codes of electron-updater and the system, what Chromium and Squirrel say where they have none, and what a person is
 * told. What an error with a code says besides is not looked at: it repeats what the server sent.
 */
const FAILURES: readonly [RegExp, string][] = [
  [
    /code signature|not signed|ERR_UPDATER_INVALID_SIGNATURE/i,
    'The update’s signature was not accepted, so it was left.',
  ],
  [/^ERR_CHECKSUM/, 'The update was damaged on its way, so it was left.'],
  [/^ENOSPC/, 'There is no room on the disk for the update.'],
  [/^(?:EACCES|EPERM|EROFS)/, 'Meshbar may not write where it is installed.'],
  [
    /^HTTP_ERROR_404|^Cannot download "[^"]*", status 404/,
    'The update server does not have the new version’s file. Try again later.',
  ],
  [/^HTTP_ERROR|^Cannot download "[^"]*", status/, 'The update server answered with an error. Try again later.'],
  [
    /^ERR_UPDATER_(?:CHANNEL_FILE_NOT_FOUND|NO_PUBLISHED_VERSIONS)/,
    'The update server has nothing for this version of Meshbar.',
  ],
  [
    /^ERR_UPDATER/,
    'The update server’s answer could not be understood. Perhaps this network wants you to sign in to it first.',
  ],
  [/net::|^(?:ENOTFOUND|ECONN|ETIMEDOUT|EAI_AGAIN)/, 'The update server can’t be reached.'],
];

/** The error's own words hold addresses and headers: they are not shown. */
function updateFailure(error: unknown, otherwise: string): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  const text = typeof code === 'string' ? code : error instanceof Error ? error.message : '';
  return FAILURES.find(([mark]) => mark.test(text))?.[1] ?? otherwise;
}
