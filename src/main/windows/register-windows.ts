import type { SettingsStore } from '../settings/settings.js';
import type { Windows } from './windows.js';

export interface RegisterWindowsOptions {
  readonly windows: Pick<Windows, 'show' | 'setKeepOpen'>;
  readonly settings: Pick<SettingsStore, 'current' | 'onChange'>;
  /** Electron's app. */
  readonly app: { on(event: 'second-instance', listener: () => void): unknown };
}

/** A second start shows the window of the first one; whether the popover stays is as the settings say. */
export function registerWindows({ windows, settings, app }: RegisterWindowsOptions): void {
  app.on('second-instance', () => void windows.show('corner'));
  windows.setKeepOpen(settings.current.keepOpen);
  settings.onChange(({ keepOpen }) => windows.setKeepOpen(keepOpen));
}
