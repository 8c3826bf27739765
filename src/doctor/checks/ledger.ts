import { readdir, stat, statfs } from 'node:fs/promises';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { SCHEMA_VERSION } from '../../ledger/migrations.js';
import type { Finding } from '../../shared/doctor.js';
import { errorText } from '../../words/index.js';
import { type Check, findingsOf } from '../check.js';
import type { Facts } from '../facts.js';
import type { LedgerCheck } from '../ledger-check-worker.js';

const { note, ok, problem, warning } = findingsOf('ledger');

/** Whether the usage ledger is whole, and has room to grow. */
export const ledgerCheck: Check = { name: 'ledger', subject: 'the usage ledger', limitMs: 10_000, run };

const MIB = 1024 * 1024;
/** What can be read through within the time limit, on a slow disk too. */
const MAX_CHECKED_BYTES = 512 * MIB;
const LITTLE_SPACE_BYTES = 200 * MIB;
const NO_SPACE_BYTES = 10 * MIB;

async function run({ context }: Facts, signal: AbortSignal): Promise<Finding[]> {
  const file = context.paths.ledger;
  const found = await Promise.all([
    judgeFile(file, context.ledgerCheckWorker, signal),
    judgeSetAside(file),
    judgeSpace(context.paths.home),
  ]);
  return found.filter((finding) => finding !== undefined);
}

async function judgeFile(file: string, worker: URL | string, signal: AbortSignal): Promise<Finding> {
  const stats = await stat(file).catch((error: NodeJS.ErrnoException) => error.code ?? 'error');
  if (stats === 'ENOENT') return ok('none', { title: 'There is no usage ledger yet: the first proxy begins one.' });
  if (typeof stats === 'string') return unreadable(file, stats);
  const details = [`${file}, ${sizeText(stats.size)}`];
  if (stats.size > MAX_CHECKED_BYTES) {
    return note('large', {
      title: `The usage ledger is large (${sizeText(stats.size)}), and was not read through.`,
      details,
    });
  }
  const checked = await checkInThread(file, worker, signal);
  if (checked.kind === 'unreadable')
    return checked.isDamage ? damaged(details) : unreadable(file, errorText(checked.fault, 'terminal').message);
  if (checked.schemaVersion > SCHEMA_VERSION) {
    return problem('newer', {
      title: 'The usage ledger was written by a newer Meshbar.',
      meaning: 'This one does not start with it, so as not to spoil it.',
      remedy: { text: 'Update this Meshbar, or set MESHBAR_HOME to another folder.' },
      details: [...details, `Its version is ${checked.schemaVersion}, this Meshbar knows ${SCHEMA_VERSION}`],
    });
  }
  if (checked.faults.length > 0) return damaged([...details, ...checked.faults]);
  return ok('whole', { title: `The usage ledger is whole (${sizeText(stats.size)}).`, details });
}

function damaged(details: readonly string[]): Finding {
  return problem('damaged', {
    title: 'The usage ledger is damaged.',
    meaning: 'The next proxy sets it aside and begins a new one; what it held is then not counted any more.',
    remedy: { text: 'If you have a backup, put it in its place while no proxy runs.' },
    details,
  });
}

function unreadable(file: string, reason: string): Finding {
  return problem('unreadable', {
    title: `The usage ledger can't be read: ${reason}.`,
    meaning: 'The proxy does not start without it.',
    remedy: { text: 'Check the permissions of the file and its folder, or set MESHBAR_HOME to another folder.' },
    details: [file],
  });
}

async function judgeSetAside(file: string): Promise<Finding | undefined> {
  const prefix = `${path.basename(file)}.damaged-`;
  const names = (await readdir(path.dirname(file)).catch(() => [])).filter(
    (name) => name.startsWith(prefix) && !/-(?:wal|shm)$/.test(name),
  );
  if (names.length === 0) return undefined;
  return note('set_aside', {
    title: `${names.length === 1 ? 'A damaged ledger was' : `${names.length} damaged ledgers were`} set aside.`,
    meaning: 'What it holds is not counted. The sqlite3 command may recover it (.recover).',
    remedy: { text: 'If you do not miss anything, delete it.' },
    details: names.map((name) => path.join(path.dirname(file), name)),
  });
}

/** Of the folder, or of the one it will be made in. */
async function judgeSpace(folder: string): Promise<Finding | undefined> {
  const stats = await statfs(folder).catch(() => undefined);
  if (!stats) {
    const parent = path.dirname(folder);
    return parent === folder ? undefined : judgeSpace(parent);
  }
  const free = stats.bavail * stats.bsize;
  if (free >= LITTLE_SPACE_BYTES) return undefined;
  return (free < NO_SPACE_BYTES ? problem : warning)('disk_space', {
    title: `The disk of the usage ledger has ${sizeText(free)} left.`,
    meaning: 'When it is full, usage is kept in memory and then lost.',
    remedy: { text: 'Make room on it, or set MESHBAR_HOME to a folder elsewhere.' },
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
      reject(new Error('The thread ended without an answer.'));
    });
  });
}

function sizeText(bytes: number): string {
  return bytes < MIB ? `${Math.ceil(bytes / 1024)} KiB` : `${Math.round(bytes / MIB)} MiB`;
}
