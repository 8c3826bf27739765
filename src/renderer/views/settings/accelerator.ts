import { t } from '../../../words/index.js';

/** Key combinations as Electron writes them, such as "CommandOrControl+Shift+M". Pure. */

/** What a keydown event tells; a KeyboardEvent is one. */
export interface KeyPress {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  readonly metaKey: boolean;
}

export type Recorded =
  /** Modifiers alone so far; what to show of them. */
  | { readonly status: 'partial'; readonly shown: string }
  | { readonly status: 'complete'; readonly accelerator: string }
  | { readonly status: 'refused'; readonly reason: string };

const MODIFIER_KEYS = new Set(['Control', 'Alt', 'Shift', 'Meta', 'AltGraph', 'OS']);

/** By position where the character changes with the modifiers. */
const BY_CODE: Readonly<Record<string, string>> = {
  Minus: '-',
  Equal: '=',
  BracketLeft: '[',
  BracketRight: ']',
  Backslash: '\\',
  Semicolon: ';',
  Quote: "'",
  Backquote: '`',
  Comma: ',',
  Period: '.',
  Slash: '/',
  NumpadAdd: 'numadd',
  NumpadSubtract: 'numsub',
  NumpadMultiply: 'nummult',
  NumpadDivide: 'numdiv',
  NumpadDecimal: 'numdec',
};

const BY_KEY: Readonly<Record<string, string>> = {
  ' ': 'Space',
  Enter: 'Return',
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
  Backspace: 'Backspace',
  Delete: 'Delete',
  Insert: 'Insert',
  Home: 'Home',
  End: 'End',
  PageUp: 'PageUp',
  PageDown: 'PageDown',
  Tab: 'Tab',
};

/**
 * The accelerator of a key press on `platform` (as process.platform). A shortcut works in every program, so it needs
 * Control, Alt or Command, or a function key: anything less would take a key away from typing.
 */
export function recordKey(press: KeyPress, platform: string): Recorded {
  const modifiers = modifiersOf(press, platform);
  if (MODIFIER_KEYS.has(press.key)) {
    return { status: 'partial', shown: `${modifiers.map((part) => shownPart(part, platform)).join(joint(platform))}…` };
  }
  const key = keyOf(press);
  if (key === undefined) return { status: 'refused', reason: t('settings.shortcut.unusable') };
  const isBound = press.ctrlKey || press.altKey || press.metaKey;
  if (!isBound && !/^F\d+$/.test(key)) {
    const reason = t(platform === 'darwin' ? 'settings.shortcut.modifierMac' : 'settings.shortcut.modifier');
    return { status: 'refused', reason };
  }
  return { status: 'complete', accelerator: [...modifiers, key].join('+') };
}

/** As the platform writes it: "⇧⌘M" or "Ctrl+Shift+M". */
export function showAccelerator(accelerator: string, platform: string): string {
  // A plus sign is the key "Plus", so that splitting is safe.
  return accelerator
    .split('+')
    .map((part) => shownPart(part, platform))
    .join(joint(platform));
}

function modifiersOf(press: KeyPress, platform: string): string[] {
  const isMac = platform === 'darwin';
  const pairs: [boolean, string][] = [
    [isMac ? press.metaKey : press.ctrlKey, 'CommandOrControl'],
    [isMac && press.ctrlKey, 'Control'],
    [press.altKey, 'Alt'],
    [press.shiftKey, 'Shift'],
    [!isMac && press.metaKey, 'Super'],
  ];
  return pairs.filter(([held]) => held).map(([, name]) => name);
}

function keyOf({ key, code }: KeyPress): string | undefined {
  if (/^Numpad\d$/.test(code)) return `num${code.at(-1)}`;
  if (/^F([1-9]|1\d|2[0-4])$/.test(key)) return key;
  // The character first: on a French keyboard the A is where others have the Q, and the system goes by the A.
  if (/^[a-z]$/i.test(key)) return key.toUpperCase();
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  if (letter !== undefined) return letter;
  const digit = /^Digit(\d)$/.exec(code)?.[1];
  return digit ?? BY_KEY[key] ?? BY_CODE[code];
}

const MAC_SIGNS: Readonly<Record<string, string>> = {
  CommandOrControl: '⌘',
  Command: '⌘',
  Control: '⌃',
  Alt: '⌥',
  Shift: '⇧',
  Super: '⌘',
};

function shownPart(part: string, platform: string): string {
  if (platform === 'darwin') return MAC_SIGNS[part] ?? part;
  if (part === 'CommandOrControl' || part === 'Control') return 'Ctrl';
  if (part === 'Super') return platform === 'win32' ? 'Win' : 'Super';
  return part;
}

function joint(platform: string): string {
  return platform === 'darwin' ? '' : '+';
}
