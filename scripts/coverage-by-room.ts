/** Prints how much of each room of src the tests of one process saw, of `coverage/coverage-summary.json`. */
import { readFileSync } from 'node:fs';
import path from 'node:path';

interface Counts {
  readonly total: number;
  readonly covered: number;
}

const summary = JSON.parse(readFileSync('coverage/coverage-summary.json', 'utf8')) as Record<
  string,
  { readonly lines: Counts; readonly branches: Counts }
>;
const rooms = new Map<string, { lines: number; seen: number; branches: number; taken: number }>();
for (const [file, { lines, branches }] of Object.entries(summary)) {
  const [top, room] = path.relative(process.cwd(), file).split(path.sep);
  if (top !== 'src' || room === undefined) continue;
  const sum = rooms.get(room) ?? { lines: 0, seen: 0, branches: 0, taken: 0 };
  sum.lines += lines.total;
  sum.seen += lines.covered;
  sum.branches += branches.total;
  sum.taken += branches.covered;
  rooms.set(room, sum);
}
const percent = (part: number, of: number) => (of === 0 ? '-' : `${Math.round((part / of) * 100)} %`).padStart(9);
console.log(
  'room            lines  branches   (what the tests see in their own process; not the built command or the app)',
);
for (const [room, { lines, seen, branches, taken }] of [...rooms].sort(([a], [b]) => a.localeCompare(b))) {
  console.log(`${room.padEnd(11)} ${percent(seen, lines)} ${percent(taken, branches)}`);
}
