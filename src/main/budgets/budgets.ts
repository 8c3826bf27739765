import type { AppEngine } from '../engine/app-engine.js';
import type { Told } from '../notices/notifications.js';
import { alertText } from './alert-text.js';

/** Windows, icon and menu are told at most four times a second: clients that are refused may try again and again. */
const TELL_MS = 250;

export interface BudgetsOptions {
  readonly engine: AppEngine;
  /** Whether a person wants the system to tell an alert now. */
  readonly isWanted: () => boolean;
  readonly tell: (told: Told) => void;
  /** Called when budgets, or what is spent of them, have changed. */
  readonly onChange: () => void;
}

/** Tells changes of budgets, and has the system tell each alert that is reached. */
export function registerBudgets({ engine, isWanted, tell, onChange }: BudgetsOptions): void {
  let timer: NodeJS.Timeout | undefined;
  engine.onBudgets(() => {
    if (timer !== undefined) return;
    timer = setTimeout(() => {
      timer = undefined;
      onChange();
    }, TELL_MS);
  });
  engine.onBudgetAlert((state) => {
    if (isWanted()) tell(alertText(state));
  });
}
