import { execFile } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Finding } from '../../shared/doctor.js';
import { type Check, findingsOf } from '../check.js';
import type { DoctorContext } from '../context.js';
import type { Facts } from '../facts.js';

const { note, ok, problem, warning } = findingsOf('versions');

/** Whether the parts that work together are of one age. */
export const versionsCheck: Check = { name: 'versions', subject: 'the versions', run };

/** As package.json's "engines". */
const LEAST_NODE = '22.19.0';
const runFile = promisify(execFile);

async function run({ context, proxy }: Facts): Promise<Finding[]> {
  const { version, nodeVersion, isShell } = context;
  const [standing, meshagent] = await Promise.all([proxy(), meshagentVersion(context)]);
  const findings: Finding[] = [];
  if (standing.status === 'answers') {
    const other = standing.proxy.version;
    const order = compareVersions(other, version);
    if (order > 0) {
      findings.push(
        warning('older_command', {
          title: `The running proxy is Meshbar ${other}, newer than this command (${version}).`,
          meaning: 'They read and write the same files: this command may not understand all of them.',
          remedy: { text: 'Update the command, or take it from where the running one is.' },
        }),
      );
    } else if (order < 0) {
      findings.push(
        note('older_proxy', {
          title: `The running proxy is Meshbar ${other}, older than this command (${version}).`,
          remedy: { text: 'Stop it and start it again: it is then of this version.' },
        }),
      );
    }
  }
  // The app brings its own.
  if (isShell && compareVersions(nodeVersion, LEAST_NODE) < 0) {
    findings.push(
      problem('old_node', {
        title: `Node ${nodeVersion} is too old: Meshbar needs ${LEAST_NODE} or later.`,
        remedy: { text: 'Update Node: https://nodejs.org' },
      }),
    );
  }
  const parts = [`Meshbar ${version}`, `Node ${nodeVersion}`, meshagent ?? 'no meshagent command'];
  return [...findings, ok('found', { title: `${parts.join(', ')}.` })];
}

/** "meshagent 1.2.3"; undefined: it is not on the PATH. */
async function meshagentVersion({ env, platform }: DoctorContext): Promise<string | undefined> {
  const names = platform === 'win32' ? ['meshagent.exe', 'meshagent.cmd'] : ['meshagent'];
  const folders = (env.PATH ?? env.Path ?? '').split(path.delimiter).filter((folder) => path.isAbsolute(folder));
  for (const folder of folders) {
    for (const name of names) {
      const file = path.join(folder, name);
      const isThere = await access(file, constants.X_OK).then(
        () => true,
        () => false,
      );
      if (isThere) return `meshagent ${await versionOf(file)}`;
    }
  }
  return undefined;
}

async function versionOf(file: string): Promise<string> {
  // Node does not start a .cmd without a shell.
  if (file.endsWith('.cmd')) return 'of an unknown version';
  const said = await runFile(file, ['--version'], { timeout: 3000, windowsHide: true }).catch(() => undefined);
  return /\d+(?:\.\d+)+\S{0,20}/.exec(said?.stdout ?? '')?.[0] ?? 'of an unknown version';
}

/** By their numbers alone; below 0: the first is older. */
function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((text) => /\d+(?:\.\d+)*/.exec(text)?.[0].split('.').map(Number) ?? []);
  for (let i = 0; i < 3; i++) {
    const order = (left?.[i] ?? 0) - (right?.[i] ?? 0);
    if (order !== 0) return order;
  }
  return 0;
}
