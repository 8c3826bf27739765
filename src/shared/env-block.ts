import { baseUrlOf, PROVIDER_NAMES, PROVIDERS, type ProviderName } from './providers.js';

/** The variables that point a tool at the proxy, for each shell. Pure. */

export const SHELLS = ['sh', 'fish', 'powershell', 'cmd', 'dotenv', 'json'] as const;
export type Shell = (typeof SHELLS)[number];

export const SHELL_NAMES: Readonly<Record<Shell, string>> = {
  sh: 'sh, zsh, bash',
  fish: 'fish',
  powershell: 'PowerShell',
  cmd: 'cmd',
  dotenv: '.env file',
  json: 'JSON',
};

/** The same shells, the person's own first. */
export function shellsFrom<T extends Shell>(shells: readonly T[], first: T): readonly T[] {
  return [first, ...shells.filter((shell) => shell !== first)];
}

/** The variables of the providers that most people use, or those of the others. */
export const ENV_PARTS = ['usual', 'rare'] as const;
export type EnvPart = (typeof ENV_PARTS)[number];

export interface EnvBlockOptions {
  /** Of the proxy, without a trailing slash: "http://127.0.0.1:8766". */
  readonly url: string;
  readonly localKey: string;
  readonly shell: Shell;
  /** Default: all variables. */
  readonly part?: EnvPart | undefined;
}

export function partOf(name: ProviderName): EnvPart {
  return PROVIDERS[name].isRare ? 'rare' : 'usual';
}

/** Names and values in the order a person reads them. */
export function envVariables(url: string, localKey: string, part?: EnvPart): [string, string][] {
  return PROVIDER_NAMES.filter((name) => part === undefined || partOf(name) === part).flatMap((name) =>
    PROVIDERS[name].variables.flatMap(({ address, key }): [string, string][] => [
      [address, baseUrlOf(name, url)],
      [key, localKey],
    ]),
  );
}

/**
 * Text that sets the variables when pasted into that shell (or saved as that file), whatever the key is made of. Throws
 * TypeError for a key with a line break or another control character, which no shell and no HTTP field could carry.
 */
export function envBlock({ url, localKey, shell, part }: EnvBlockOptions): string {
  assertPlainKey(localKey);
  const variables = envVariables(url, localKey, part);
  if (shell === 'json') return `${JSON.stringify(Object.fromEntries(variables), null, 2)}\n`;
  const newline = shell === 'cmd' ? '\r\n' : '\n';
  return variables.map(([name, value]) => LINES[shell](name, value) + newline).join('');
}

/** Throws TypeError for a key with a line break or another control character. */
export function assertPlainKey(localKey: string): void {
  if (/\p{Cc}/u.test(localKey)) throw new TypeError('The local key holds a control character.');
}

const LINES: Record<Exclude<Shell, 'json'>, (name: string, value: string) => string> = {
  sh: (name, value) => `export ${name}=${quoteSh(value)}`,
  fish: (name, value) => `set -gx ${name} ${quoteFish(value)}`,
  powershell: (name, value) => `$env:${name} = ${quotePowerShell(value)}`,
  cmd: (name, value) => `set ${name}=${quoteCmd(value)}`,
  dotenv: (name, value) => `${name}=${quoteDotenv(value)}`,
};

/** What every shell takes as it stands: no `=` (zsh expands it), no `%` (fish does), no comma (PowerShell's lists). */
const PLAIN = /^[A-Za-z0-9_.:/-]+$/;

/** POSIX: single quotes keep everything but a single quote. */
export function quoteSh(value: string): string {
  return PLAIN.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`;
}

/** fish: inside single quotes only the backslash and the quote are special. */
function quoteFish(value: string): string {
  return PLAIN.test(value) ? value : `'${value.replace(/[\\']/g, '\\$&')}'`;
}

/** PowerShell takes typographic quotes for straight ones; each is doubled (about_Quoting_Rules). */
function quotePowerShell(value: string): string {
  return `'${value.replace(/['\u2018\u2019\u201a\u201b]/g, '$&$&')}'`;
}

/**
 * cmd at its prompt: carets escape what would end or redirect the command, but `%NAME%` is replaced before carets are
 * looked at. So what follows a percent sign gets a caret too: no variable is called `^NAME`, and the prompt leaves alone
 * what it does not know.
 */
function quoteCmd(value: string): string {
  return value.replace(/[\^&|<>()"!%]|(?<=%)./gu, '^$&');
}

/**
 * There is no one dotenv format. Single quotes are literal for all; then double quotes where nothing inside means
 * anything to anybody; then what Node and the npm package take literally. Where they have no form either, backslash
 * escapes, which Python's, Ruby's and Compose's readers undo.
 */
function quoteDotenv(value: string): string {
  if (PLAIN.test(value)) return value;
  // Behind a backslash some readers overlook the closing quote.
  if (value.endsWith('\\') && !/[#\s'"`]/.test(value)) return value;
  if (!value.includes("'")) return `'${value}'`;
  if (!/["`$\\]/.test(value)) return `"${value}"`;
  if (!value.includes('`')) return `\`${value}\``;
  if (!/"|\\[nr]/.test(value)) return `"${value}"`;
  return `"${value.replace(/[\\"$`]/g, '\\$&')}"`;
}
