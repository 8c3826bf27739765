import type { Requests } from '../ipc/requests.js';
import type { SettingsStore } from '../settings/settings.js';
import type { Updater } from './updater.js';

export interface UpdatesOptions {
  readonly requests: Requests;
  readonly settings: Pick<SettingsStore, 'onChange'>;
  readonly updater: Pick<Updater, 'check' | 'install' | 'setChannel'>;
}

export function registerUpdates({ requests, settings, updater }: UpdatesOptions): void {
  settings.onChange(({ updateChannel }) => updater.setChannel(updateChannel));
  requests.handle('update:check', () => updater.check());
  requests.handle('update:install', () => updater.install());
}
