import type { AppEngine } from '../engine/app-engine.js';
import type { SystemNotification } from '../notices/notifications.js';
import type { SettingsStore } from '../settings/settings.js';
import type { Signal } from '../signal.js';
import { alertText } from './alert-text.js';

/** Windows, icon and menu follow at most four times a second: clients that are refused may try again and again. */
const FOLLOW_MS = 250;

export interface BudgetsOptions {
  readonly engine: Pick<AppEngine, 'onBudgets' | 'onBudgetAlert'>;
  readonly settings: Pick<SettingsStore, 'current'>;
  readonly changes: Pick<Signal, 'emit'>;
  /** Whether somebody looks at a window. */
  readonly isFocused: () => boolean;
  readonly notify: (told: SystemNotification) => void;
}

/** Has what is spent shown as it grows, and notifies of each alert that is reached while nobody looks. */
export function registerBudgets({ engine, settings, changes, isFocused, notify }: BudgetsOptions): void {
  let timer: NodeJS.Timeout | undefined;
  engine.onBudgets(() => {
    if (timer !== undefined) return;
    timer = setTimeout(() => {
      timer = undefined;
      changes.emit();
    }, FOLLOW_MS);
  });
  engine.onBudgetAlert((state) => {
    if (settings.current.notifyBudget && !isFocused()) notify(alertText(state));
  });
}
