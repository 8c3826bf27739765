import { execFile } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Message } from '../../words/index.js';
import { say } from '../../words/say.js';
import { type Check, type Found, findingsOf } from '../check.js';
import type { DoctorContext } from '../context.js';
import type { Facts } from '../facts.js';

const { note, ok, problem, warning } = findingsOf('versions');

/** Whether the parts that work together are of one age. */
export const versionsCheck: Check = { name: 'versions', run };

/** As package.json's "engines". */
const LEAST_NODE = '22.19.0';
const runFile = promisify(execFile);

async function run({ context, proxy }: Facts): Promise<Found[]> {
  const { version, nodeVersion, isShell } = context;
  const [standing, meshagent] = await Promise.all([proxy(), meshagentVersion(context)]);
  const findings: Found[] = [];
  if (standing.status === 'answers') {
    const other = standing.proxy.version;
    const order = compareVersions(other, version);
    if (order > 0) {
      findings.push(
        warning('older_command', {
          title: say('doctor.versions.newerProxy', { other, version }),
          meaning: say('doctor.versions.newerProxyMeaning'),
          remedy: { text: say('doctor.versions.newerProxyRemedy') },
        }),
      );
    } else if (order < 0) {
      findings.push(
        note('older_proxy', {
          title: say('doctor.versions.olderProxy', { other, version }),
          remedy: { text: say('doctor.versions.olderProxyRemedy') },
        }),
      );
    }
  }
  // The app brings its own.
  if (isShell && compareVersions(nodeVersion, LEAST_NODE) < 0) {
    findings.push(
      problem('old_node', {
        title: say('doctor.versions.oldNode', { version: nodeVersion, least: LEAST_NODE }),
        remedy: { text: say('doctor.versions.oldNodeRemedy') },
      }),
    );
  }
  return [...findings, ok('found', { title: say('doctor.versions.found', { version, node: nodeVersion, meshagent }) })];
}

/** "meshagent 1.2.3", or that it is not on the PATH. */
async function meshagentVersion({ env, platform }: DoctorContext): Promise<Message> {
  const names = platform === 'win32' ? ['meshagent.exe', 'meshagent.cmd'] : ['meshagent'];
  const folders = (env.PATH ?? env.Path ?? '').split(path.delimiter).filter((folder) => path.isAbsolute(folder));
  for (const folder of folders) {
    for (const name of names) {
      const file = path.join(folder, name);
      const isThere = await access(file, constants.X_OK).then(
        () => true,
        () => false,
      );
      if (!isThere) continue;
      const version = await versionOf(file);
      return version === undefined
        ? say('doctor.versions.meshagentUnknown')
        : say('doctor.versions.meshagent', { version });
    }
  }
  return say('doctor.versions.noMeshagent');
}

async function versionOf(file: string): Promise<string | undefined> {
  // Node does not start a .cmd without a shell.
  if (file.endsWith('.cmd')) return undefined;
  const said = await runFile(file, ['--version'], { timeout: 3000, windowsHide: true }).catch(() => undefined);
  return /\d+(?:\.\d+)+\S{0,20}/.exec(said?.stdout ?? '')?.[0];
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
