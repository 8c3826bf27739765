import { learnSecret } from '../../files/secrets.js';
import type { AppEngine } from '../engine/app-engine.js';
import type { SettingsStore } from '../settings/settings.js';
import type { Signal } from '../signal.js';

export interface ChangesOptions {
  readonly engine: AppEngine;
  readonly settings: Pick<SettingsStore, 'onChange'>;
  readonly changes: Signal;
}

/** What the engine and the settings say has changed is a change of the state. */
export function registerChanges({ engine, settings, changes }: ChangesOptions): void {
  engine.onChange(() => {
    const { state } = engine.current;
    // Before anything is shown or logged of it.
    if (state.status === 'running') learnSecret(state.proxy.localKey);
    changes.emit();
  });
  settings.onChange(changes.emit);
}
