import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { quoteSh } from '../../shared/env-block.js';
import { say } from '../../words/say.js';
import { type Check, type Found, findingsOf } from '../check.js';
import type { DoctorContext } from '../context.js';
import type { Facts } from '../facts.js';

const { ok, problem, skipped, warning } = findingsOf('permissions');

/** Whether others on this machine can read tokens, keys or the ledger. */
export const permissionsCheck: Check = { name: 'permissions', run };

interface Place {
  readonly file: string;
  /** What whoever reads it gets: tokens and keys, or who uses which models and tools. */
  readonly holds: 'secrets' | 'usage';
}

async function run({ context }: Facts): Promise<Found[]> {
  if (context.platform === 'win32') {
    return [skipped('windows', { title: say('doctor.permissions.windows') })];
  }
  const found = (await Promise.all((await placesOf(context)).map(judge))).flat();
  return found.length > 0 ? found : [ok('private', { title: say('doctor.permissions.private') })];
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

async function judge({ file, holds }: Place): Promise<Found[]> {
  const stats = await stat(file).catch(() => undefined);
  if (!stats) return [];
  const findings: Found[] = [];
  if ((stats.mode & 0o077) !== 0) {
    findings.push(
      (holds === 'secrets' ? problem : warning)('readable', {
        title: say('doctor.permissions.readable', { file }),
        meaning: say(`doctor.permissions.holds.${holds}`),
        remedy: { text: say('doctor.permissions.readableRemedy'), command: `chmod go= ${quoteSh(file)}` },
        details: [say('doctor.permissions.mode', { mode: (stats.mode & 0o777).toString(8).padStart(4, '0') })],
      }),
    );
  }
  if (process.getuid && stats.uid !== process.getuid()) {
    findings.push(
      warning('other_owner', {
        title: say('doctor.permissions.otherOwner', { file }),
        meaning: say('doctor.permissions.otherOwnerMeaning'),
        remedy: {
          text: say('doctor.permissions.otherOwnerRemedy'),
          command: `sudo chown "$(id -un)" ${quoteSh(file)}`,
        },
        details: [say('doctor.permissions.owner', { uid: String(stats.uid) })],
      }),
    );
  }
  return findings;
}
