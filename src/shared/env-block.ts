/** The four variables that point a tool at the proxy, for each shell. Pure. */

export const SHELLS = ['sh', 'fish', 'powershell', 'cmd', 'dotenv', 'json'] as const;
export type Shell = (typeof SHELLS)[number];

export interface EnvBlockOptions {
  /** Of the proxy, without a trailing slash: "http://127.0.0.1:8766". */
  readonly url: string;
  readonly localKey: string;
  readonly shell: Shell;
}

/** Names and values in the order a person reads them. */
export function envVariables(url: string, localKey: string): [string, string][] {
  return [
    ['OPENAI_BASE_URL', `${url}/openai/v1`],
    ['OPENAI_API_KEY', localKey],
    ['ANTHROPIC_BASE_URL', `${url}/anthropic`],
    ['ANTHROPIC_API_KEY', localKey],
  ];
}

/**
 * Text that sets the variables when pasted into that shell (or saved as that file), whatever the key is made of. Throws
 * TypeError for a key with a line break or another control character, which no shell and no HTTP field could carry.
 */
export function envBlock({ url, localKey, shell }: EnvBlockOptions): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
  if (/[\u0000-\u001f\u007f]/.test(localKey)) throw new TypeError('The local key holds a control character.');
  const variables = envVariables(url, localKey);
  if (shell === 'json') return `${JSON.stringify(Object.fromEntries(variables), null, 2)}\n`;
  const newline = shell === 'cmd' ? '\r\n' : '\n';
  return variables.map(([name, value]) => LINES[shell](name, value) + newline).join('');
}

const LINES: Record<Exclude<Shell, 'json'>, (name: string, value: string) => string> = {
  sh: (name, value) => `export ${name}=${quoteSh(value)}`,
  fish: (name, value) => `set -gx ${name} ${quoteFish(value)}`,
  powershell: (name, value) => `$env:${name} = '${value.replace(/['\u2018\u2019\u201a\u201b]/g, '$&$&')}'`,
  cmd: (name, value) => `set ${name}=${quoteCmd(value)}`,
  dotenv: (name, value) => `${name}=${quoteDotenv(value)}`,
};

const PLAIN = /^[A-Za-z0-9_@%+=:,./-]+$/;

/** POSIX: single quotes keep everything but a single quote. */
function quoteSh(value: string): string {
  return PLAIN.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`;
}

/** fish: inside single quotes only the backslash and the quote are special. */
function quoteFish(value: string): string {
  return PLAIN.test(value) ? value : `'${value.replace(/[\\']/g, '\\$&')}'`;
}

/**
 * cmd at its prompt: carets escape what would end or redirect the command. A percent sign can't be escaped there; the
 * caret behind it keeps `%NAME%` from being replaced, since no variable has a caret in its name.
 */
function quoteCmd(value: string): string {
  return value.replace(/[\^&|<>()"!]/g, '^$&').replaceAll('%', '%^');
}

/** Single quotes are literal for dotenv parsers; a value with both kinds of quotes falls back to backticks or escapes. */
function quoteDotenv(value: string): string {
  if (PLAIN.test(value)) return value;
  if (!value.includes("'")) return `'${value}'`;
  if (!value.includes('`')) return `\`${value}\``;
  return `"${value.replace(/[\\"$]/g, '\\$&')}"`;
}
