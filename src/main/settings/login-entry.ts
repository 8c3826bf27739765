import { readFileSync, rmSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { PROVIDER_TITLES } from '../../shared/providers.js';
import { formatList } from '../../words/format.js';

/** Linux: a program starts with the login if a file says so (freedesktop.org, Desktop Application Autostart). */

/** Where that file is, for the environment of a user with this home folder. */
export function loginEntryFile(env: NodeJS.ProcessEnv, home: string): string {
  return path.join(env.XDG_CONFIG_HOME || path.join(home, '.config'), 'autostart', 'meshbar.desktop');
}

/** Whether the file starts the app: desktops turn an entry off inside it, rather than removing it. */
export function hasLoginEntry(file: string): boolean {
  try {
    return !/^(?:Hidden\s*=\s*true|X-GNOME-Autostart-enabled\s*=\s*false)\s*$/im.test(readFileSync(file, 'utf8'));
  } catch {
    return false;
  }
}

/** `command` is the program and its arguments. */
export async function writeLoginEntry(file: string, command: readonly string[]): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFileAtomic(file, loginEntry(command), { mode: 0o644 });
}

export function removeLoginEntry(file: string): void {
  rmSync(file, { force: true });
}

export function loginEntry(command: readonly string[]): string {
  return [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Meshbar',
    `Comment=A local proxy for ${formatList(PROVIDER_TITLES)} models through MeshAgent`,
    `Exec=${command.map(quoted).join(' ')}`,
    'Terminal=false',
    'X-GNOME-Autostart-enabled=true',
    '',
  ].join('\n');
}

/**
 * Quoted twice, as the Desktop Entry Specification has it: as an argument of Exec (where `%` begins a field code), and
 * then as a string, in which a backslash is two.
 */
function quoted(argument: string): string {
  const inner = argument.replace(/["`$\\]/g, '\\$&').replaceAll('%', '%%');
  return `"${inner}"`.replaceAll('\\', '\\\\');
}
