import { t } from '../../words/index.js';

export interface Shortcut {
  /** Why it is not in force; undefined: it is, or there is none. */
  readonly problem: string | undefined;
  /** Takes another accelerator in place of the one before; empty: none. */
  use(accelerator: string): void;
}

/** Of Electron's globalShortcut. */
interface Accelerators {
  register(accelerator: string, onPress: () => void): boolean;
  unregisterAll(): void;
}

/** The key combination that opens the popover from anywhere. */
export function createShortcut(accelerators: Accelerators, onPress: () => void): Shortcut {
  let problem: string | undefined;
  return {
    get problem() {
      return problem;
    },
    use(accelerator) {
      accelerators.unregisterAll();
      problem = undefined;
      if (accelerator === '') return;
      try {
        if (!accelerators.register(accelerator, onPress))
          problem = t('settings.shortcut.taken', { shortcut: accelerator });
      } catch {
        problem = t('settings.shortcut.unknown', { shortcut: accelerator });
      }
    },
  };
}
