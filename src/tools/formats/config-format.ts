import type { ErrorData } from '../../shared/errors.js';

/** A step into a configuration: a key, or the item of a list that bears a name or, as a text, begins with it. */
export type PathPart = string | { readonly item: string };
export type ConfigPath = readonly PathPart[];

/** What may have stood where a key of ours goes, numbers and null among it: it is given back. */
export type ConfigValue =
  | string
  | number
  | boolean
  | null
  | readonly ConfigValue[]
  | { readonly [key: string]: ConfigValue };

/** A language of configuration files, and how to change a text of it without touching what was not meant. */
export interface ConfigFormat {
  readonly name: 'JSON' | 'TOML' | 'YAML';
  /** The plain value of a text; undefined where nothing is in it. Throws ConfigSyntaxError. */
  parse(text: string): unknown;
  /** The text with the value at that path, replaced or inserted. Of a valid text whose parse() gave an object or nothing. */
  set(text: string, path: ConfigPath, value: ConfigValue): string;
  /** The text without what is at that path; as it was where nothing does. */
  remove(text: string, path: ConfigPath): string;
}

export type SyntaxFault = ErrorData['syntax_fault'];

/** The text is not of its format. `line` counts from 1. */
export class ConfigSyntaxError extends Error {
  constructor(
    readonly line: number,
    readonly fault: SyntaxFault,
  ) {
    super(fault.why);
    this.name = 'ConfigSyntaxError';
  }
}

/** The number of the line, from 1, that an offset stands on. */
export function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

/** How the text ends its lines. */
export function newlineOf(text: string): '\n' | '\r\n' {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

/** Where the line of `offset` begins. */
export function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** Where the line after that of `offset` begins; the text's end where there is none. */
export function nextLine(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end === -1 ? text.length : end + 1;
}

/** `text` with `insert` at `offset`, in place of `removed` characters. */
export function splice(text: string, offset: number, removed: number, insert: string): string {
  return text.slice(0, offset) + insert + text.slice(offset + removed);
}
