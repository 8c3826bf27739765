/** Of electron-updater's AppUpdater. */
interface Installer {
  once(event: 'error', listener: (error: Error) => void): unknown;
  quitAndInstall(isSilent: boolean, isForceRunAfter: boolean): void;
}

export interface InstallSteps {
  /** Ends what is under way; gives what begins it again. */
  readonly prepare: () => Promise<() => void>;
  /** The new version may start before this one has ended, and would take itself for a second one. */
  readonly releaseLock: () => void;
  readonly takeLock: () => void;
  readonly onFailed: (error: unknown) => void;
}

/**
 * Restarts into the version that is ready. Where that can't be installed, electron-updater tells an error and does not
 * quit: then everything is as it was before.
 */
export async function installUpdate(
  updater: Installer,
  { prepare, releaseLock, takeLock, onFailed }: InstallSteps,
): Promise<void> {
  const resume = await prepare();
  releaseLock();
  updater.once('error', (error) => {
    takeLock();
    onFailed(error);
    resume();
  });
  updater.quitAndInstall(false, true);
}
