import { readFile } from 'node:fs/promises';
import path from 'node:path';

export interface VariableAssignment {
  readonly name: string;
  readonly value: string;
  /** From 1. */
  readonly line: number;
}

/** Start files of shells, and a project's own variables: where a value that nobody remembers comes from. */
export function filesWithVariables(homedir: string, cwd: string, env: NodeJS.ProcessEnv): string[] {
  const config = env.XDG_CONFIG_HOME ?? path.join(homedir, '.config');
  const documents = path.join(homedir, 'Documents');
  return [
    ...['.profile', '.bash_profile', '.bash_login', '.bashrc'].map((name) => path.join(homedir, name)),
    ...['.zshenv', '.zprofile', '.zshrc', '.zlogin'].map((name) => path.join(env.ZDOTDIR ?? homedir, name)),
    path.join(config, 'fish', 'config.fish'),
    path.join(config, 'powershell', 'profile.ps1'),
    ...['PowerShell', 'WindowsPowerShell'].map((name) =>
      path.join(documents, name, 'Microsoft.PowerShell_profile.ps1'),
    ),
    ...['.env', '.env.local', '.envrc'].map((name) => path.join(cwd, name)),
  ];
}

/** sh, dotenv | fish | PowerShell. */
const FORMS: readonly RegExp[] = [
  /^\s*(?:export\s+)?([A-Z][A-Z0-9_]*)=(.*)$/,
  /^\s*set\s+(?:-\w+\s+|--\w+\s+)+([A-Z][A-Z0-9_]*)\s+(.*)$/,
  /^\s*\$env:([A-Z][A-Z0-9_]*)\s*=\s*(.*)$/i,
];

/**
 * The last assignment of each variable in `names` that a file makes on a line of its own. A value that is computed (a
 * variable, a command) can't be known and is left out. A file that is not there, or can't be read, assigns nothing.
 */
export async function readAssignments(file: string, names: readonly string[]): Promise<VariableAssignment[]> {
  const text = await readFile(file, 'utf8').catch(() => '');
  const found = new Map<string, VariableAssignment>();
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    for (const form of FORMS) {
      const [, name, rest] = form.exec(line) ?? [];
      if (name === undefined || rest === undefined || !names.includes(name)) continue;
      const value = literalOf(rest);
      if (value === undefined) found.delete(name);
      else found.set(name, { name, value, line: index + 1 });
      break;
    }
  }
  return [...found.values()];
}

/** The value without quotes and comments; undefined: it is computed. */
function literalOf(text: string): string | undefined {
  const single = /^'([^']*)'/.exec(text)?.[1];
  if (single !== undefined) return single;
  const value = /^"([^"]*)"/.exec(text)?.[1] ?? /^[^\s;#'"]*/.exec(text)?.[0] ?? '';
  return /[$`]|^\(/.test(value) ? undefined : value;
}
