import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Finding } from '../../shared/doctor.js';
import { quoteSh } from '../../shared/env-block.js';
import { type Check, findingsOf } from '../check.js';
import type { DoctorContext } from '../context.js';
import type { Facts } from '../facts.js';

const { ok, problem, skipped, warning } = findingsOf('permissions');

/** Whether others on this machine can read tokens, keys or the ledger. */
export const permissionsCheck: Check = { name: 'permissions', subject: 'the permissions of our files', run };

interface Place {
  readonly file: string;
  /** What whoever reads it gets: tokens and keys, or who uses which models and tools. */
  readonly holds: 'secrets' | 'usage';
}

async function run({ context }: Facts): Promise<Finding[]> {
  if (context.platform === 'win32') {
    return [
      skipped('windows', { title: "Windows' permissions are not looked at: a user's folders are private there." }),
    ];
  }
  const found = (await Promise.all((await placesOf(context)).map(judge))).flat();
  return found.length > 0 ? found : [ok('private', { title: "Nobody but you can read Meshbar's files." })];
}

async function placesOf({ homedir, paths }: DoctorContext): Promise<Place[]> {
  const shared = ['settings.json', 'session.json', 'project.json'].map((name) =>
    path.join(homedir, '.meshagent', name),
  );
  const ledger = path.basename(paths.ledger);
  const own = (await readdir(paths.home).catch(() => [])).filter((name) => name.startsWith(ledger));
  return [
    ...[...shared, paths.runFile].map((file) => ({ file, holds: 'secrets' as const })),
    ...[paths.home, ...own.map((name) => path.join(paths.home, name))].map((file) => ({
      file,
      holds: 'usage' as const,
    })),
  ];
}

async function judge({ file, holds }: Place): Promise<Finding[]> {
  const stats = await stat(file).catch(() => undefined);
  if (!stats) return [];
  const findings: Finding[] = [];
  if ((stats.mode & 0o077) !== 0) {
    findings.push(
      (holds === 'secrets' ? problem : warning)('readable', {
        title: `Others on this machine can get at ${file}.`,
        meaning:
          holds === 'secrets'
            ? 'It holds tokens or keys: whoever has them spends your money.'
            : 'It tells which models and tools you use, and when.',
        remedy: { text: 'Take their permissions away:', command: `chmod go= ${quoteSh(file)}` },
        details: [`Its mode is ${(stats.mode & 0o777).toString(8).padStart(4, '0')}`],
      }),
    );
  }
  if (process.getuid && stats.uid !== process.getuid()) {
    findings.push(
      warning('other_owner', {
        title: `${file} belongs to another user.`,
        meaning: 'A command that was run with sudo may have left it so. Meshbar may not be able to write it.',
        remedy: { text: 'Take it back:', command: `sudo chown "$(id -un)" ${quoteSh(file)}` },
        details: [`It belongs to the user with the number ${stats.uid}`],
      }),
    );
  }
  return findings;
}
