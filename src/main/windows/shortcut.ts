import { globalShortcut } from 'electron';

export interface Shortcut {
  /** Why it is not in force; undefined: it is, or there is none. */
  readonly problem: string | undefined;
  /** Takes another accelerator in place of the one before; empty: none. */
  use(accelerator: string): void;
}

/** The key combination that opens the popover from anywhere. */
export function createShortcut(onPress: () => void): Shortcut {
  let problem: string | undefined;
  return {
    get problem() {
      return problem;
    },
    use(accelerator) {
      globalShortcut.unregisterAll();
      problem = undefined;
      if (accelerator === '') return;
      try {
        if (!globalShortcut.register(accelerator, onPress)) problem = `Another program has ${accelerator}.`;
      } catch {
        problem = `"${accelerator}" is not a key combination.`;
      }
    },
  };
}
