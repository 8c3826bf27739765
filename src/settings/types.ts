/** What a setting can hold. Plain data, so that a window, the command and the app's file go by the same rule. */
export type SettingType =
  | { readonly kind: 'flag' }
  /** A flag that nobody has to decide. */
  | { readonly kind: 'optionalFlag' }
  | { readonly kind: 'choice'; readonly values: readonly string[] }
  | { readonly kind: 'number'; readonly min: number; readonly max: number; readonly whole: boolean }
  /** A whole number; null: no limit. */
  | { readonly kind: 'limit'; readonly min: number; readonly max: number }
  /** An address or a host name, IPv6 without brackets. */
  | { readonly kind: 'host' }
  /** Not blank; undefined: nobody said. */
  | { readonly kind: 'name' }
  /** Nothing may repeat it; undefined: nobody said. */
  | { readonly kind: 'secret' }
  /** http or https; undefined: nobody said. */
  | { readonly kind: 'url' }
  /** http or https; empty: none. */
  | { readonly kind: 'address' }
  /** An http or https URL, true for the usual one, false for none. */
  | { readonly kind: 'source' }
  | { readonly kind: 'names' }
  /** Such as "http://localhost:3000". */
  | { readonly kind: 'origins' }
  /** An Electron accelerator such as "CommandOrControl+Shift+M"; empty: none. */
  | { readonly kind: 'shortcut' };

interface ValueOfKind {
  flag: boolean;
  optionalFlag: boolean | undefined;
  number: number;
  limit: number | null;
  host: string;
  name: string | undefined;
  secret: string | undefined;
  url: string | undefined;
  address: string;
  source: boolean | string;
  names: readonly string[];
  origins: readonly string[];
  shortcut: string;
}

/** What the compiler knows of a value of this type. */
export type ValueOf<Type extends SettingType> = Type extends { kind: 'choice'; values: readonly (infer Value)[] }
  ? Value
  : Type extends { kind: infer Kind extends keyof ValueOfKind }
    ? ValueOfKind[Kind]
    : never;

export const FLAG = { kind: 'flag' } as const;
export const OPTIONAL_FLAG = { kind: 'optionalFlag' } as const;
export const HOST = { kind: 'host' } as const;
export const NAME = { kind: 'name' } as const;
export const SECRET = { kind: 'secret' } as const;
export const URL_TYPE = { kind: 'url' } as const;
export const ADDRESS = { kind: 'address' } as const;
export const SOURCE = { kind: 'source' } as const;
export const NAMES = { kind: 'names' } as const;
export const ORIGINS = { kind: 'origins' } as const;
export const SHORTCUT = { kind: 'shortcut' } as const;

export const choice = <const Values extends readonly string[]>(values: Values) => ({ kind: 'choice', values }) as const;
export const whole = (min: number, max: number) => ({ kind: 'number', min, max, whole: true }) as const;
export const fraction = (min: number, max: number) => ({ kind: 'number', min, max, whole: false }) as const;
export const limit = (min: number, max: number) => ({ kind: 'limit', min, max }) as const;
