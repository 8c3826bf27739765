import { readdir, stat, statfs } from 'node:fs/promises';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { SCHEMA_VERSION } from '../../ledger/migrations.js';
import type { ErrorFacts } from '../../shared/errors.js';
import { say } from '../../words/say.js';
import { type Check, type Found, findingsOf } from '../check.js';
import type { Facts } from '../facts.js';
import type { LedgerCheck } from '../ledger-check-worker.js';

const { note, ok, problem, warning } = findingsOf('ledger');

/** Whether the usage ledger is whole, and has room to grow. */
export const ledgerCheck: Check = { name: 'ledger', limitMs: 10_000, run };

const MIB = 1024 * 1024;
/** What can be read through within the time limit, on a slow disk too. */
const MAX_CHECKED_BYTES = 512 * MIB;
const LITTLE_SPACE_BYTES = 200 * MIB;
const NO_SPACE_BYTES = 10 * MIB;

async function run({ context }: Facts, signal: AbortSignal): Promise<Found[]> {
  const file = context.paths.ledger;
  const found = await Promise.all([
    judgeFile(file, context.ledgerCheckWorker, signal),
    judgeSetAside(file),
    judgeSpace(context.paths.home),
  ]);
  return found.filter((finding) => finding !== undefined);
}

async function judgeFile(file: string, worker: URL | string, signal: AbortSignal): Promise<Found> {
  const stats = await stat(file).catch((error: NodeJS.ErrnoException) => error.code ?? 'error');
  if (stats === 'ENOENT') return ok('none', { title: say('doctor.ledger.none') });
  if (typeof stats === 'string') {
    return unreadable(file, { code: 'file_fault', data: { why: 'code', reason: stats } });
  }
  const size = sizeText(stats.size);
  const details = [`${file}, ${size}`];
  if (stats.size > MAX_CHECKED_BYTES) {
    return note('large', {
      title: say('doctor.ledger.large', { size }),
      details,
    });
  }
  const checked = await checkInThread(file, worker, signal);
  if (checked.kind === 'unreadable') return checked.isDamage ? damaged(details) : unreadable(file, checked.fault);
  if (checked.schemaVersion > SCHEMA_VERSION) {
    return problem('newer', {
      title: say('doctor.ledger.newer'),
      meaning: say('doctor.ledger.newerMeaning'),
      remedy: { text: say('doctor.ledger.newerRemedy') },
      details: [
        ...details,
        say('doctor.ledger.versions', { version: String(checked.schemaVersion), known: String(SCHEMA_VERSION) }),
      ],
    });
  }
  if (checked.faults.length > 0) return damaged([...details, ...checked.faults]);
  return ok('whole', { title: say('doctor.ledger.whole', { size }), details });
}

function damaged(details: readonly string[]): Found {
  return problem('damaged', {
    title: say('doctor.ledger.damaged'),
    meaning: say('doctor.ledger.damagedMeaning'),
    remedy: { text: say('doctor.ledger.damagedRemedy') },
    details,
  });
}

function unreadable(file: string, fault: ErrorFacts): Found {
  return problem('unreadable', {
    title: say('doctor.ledger.unreadable', { fault }),
    meaning: say('doctor.ledger.unreadableMeaning'),
    remedy: { text: say('doctor.ledger.unreadableRemedy') },
    details: [file],
  });
}

async function judgeSetAside(file: string): Promise<Found | undefined> {
  const prefix = `${path.basename(file)}.damaged-`;
  const names = (await readdir(path.dirname(file)).catch(() => [])).filter(
    (name) => name.startsWith(prefix) && !/-(?:wal|shm)$/.test(name),
  );
  if (names.length === 0) return undefined;
  return note('set_aside', {
    title: say('doctor.ledger.setAside', { count: names.length }),
    meaning: say('doctor.ledger.setAsideMeaning'),
    remedy: { text: say('doctor.ledger.setAsideRemedy') },
    details: names.map((name) => path.join(path.dirname(file), name)),
  });
}

/** Of the folder, or of the one it will be made in. */
async function judgeSpace(folder: string): Promise<Found | undefined> {
  const stats = await statfs(folder).catch(() => undefined);
  if (!stats) {
    const parent = path.dirname(folder);
    return parent === folder ? undefined : judgeSpace(parent);
  }
  const free = stats.bavail * stats.bsize;
  if (free >= LITTLE_SPACE_BYTES) return undefined;
  return (free < NO_SPACE_BYTES ? problem : warning)('disk_space', {
    title: say('doctor.ledger.diskSpace', { size: sizeText(free) }),
    meaning: say('doctor.ledger.diskSpaceMeaning'),
    remedy: { text: say('doctor.ledger.diskSpaceRemedy') },
    details: [folder],
  });
}

function checkInThread(file: string, url: URL | string, signal: AbortSignal): Promise<LedgerCheck> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(url, { workerData: file });
    const end = () => void worker.terminate();
    signal.addEventListener('abort', end, { once: true });
    worker.on('message', resolve);
    worker.on('error', reject);
    worker.on('exit', () => {
      signal.removeEventListener('abort', end);
      reject(new Error('thread ended'));
    });
  });
}

function sizeText(bytes: number): string {
  return bytes < MIB ? `${Math.ceil(bytes / 1024)} KiB` : `${Math.round(bytes / MIB)} MiB`;
}
