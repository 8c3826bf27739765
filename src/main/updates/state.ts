import type { UpdateState } from '../../shared/ipc.js';

/** Where updates stand, as a value that events move on. Pure. */

export type UpdateEvent =
  | { readonly type: 'checking' | 'none' }
  | { readonly type: 'found' | 'downloaded'; readonly version: string }
  | { readonly type: 'failed' | 'not-installed'; readonly error: unknown };

/** What is ready to be installed stays so, however later checks end. */
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
    case 'failed':
      return state.status === 'ready'
        ? state
        : { status: 'failed', reason: updateFailure(event.error, 'Looking for updates failed.') };
    case 'not-installed':
      return { status: 'failed', reason: updateFailure(event.error, 'The update could not be installed.') };
  }
}

function isReady(state: UpdateState, version: string): boolean {
  return state.status === 'ready' && state.version === version;
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
  if (platform === 'linux' && !isAppImage) return 'Your package manager brings updates.';
  if (!hasFeed) return 'This build knows no address to ask for updates.';
  return undefined;
}

/** Marks in what electron-updater, Chromium and Squirrel say, and what a person is told. */
const FAILURES: readonly [RegExp, string][] = [
  [
    /code signature|not signed|ERR_UPDATER_INVALID_SIGNATURE/i,
    'The update’s signature was not accepted, so it was left.',
  ],
  [/sha512|checksum|ERR_CHECKSUM/i, 'The update was damaged on its way, so it was left.'],
  [/ENOSPC/, 'There is no room on the disk for the update.'],
  [/EACCES|EPERM|EROFS/, 'Meshbar may not write where it is installed.'],
  [/404|CHANNEL_FILE_NOT_FOUND|NO_PUBLISHED_VERSIONS/, 'The update server has nothing for this version of Meshbar.'],
  [/net::|ENOTFOUND|ECONN|ETIMEDOUT|EAI_AGAIN|HTTP_ERROR/i, 'The update server can’t be reached.'],
];

/** The error's own words hold addresses and headers: they are not shown. */
function updateFailure(error: unknown, otherwise: string): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  const text = `${code} ${error instanceof Error ? error.message : ''}`;
  return FAILURES.find(([mark]) => mark.test(text))?.[1] ?? otherwise;
}
