/**
 * `npm run mutate -- <room> [files]`: breaks the code of a room (a folder of src) in one place at a time, and counts how
 * many of the breaks its own tests (test/<room>) see. Prints each that they don't. Minutes to an hour, by the room.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

const [room = '', ...files] = process.argv.slice(2);
if (room === '' || !existsSync(path.join('src', room))) {
  console.error(`mutate: "${room}" is no room of src. Name one: npm run mutate -- net`);
  process.exit(2);
}
const mutated = files.length > 0 ? files : [`src/${room}/**/*.ts`, `src/${room}/**/*.tsx`];
const { status } = spawnSync(
  process.execPath,
  ['node_modules/@stryker-mutator/core/bin/stryker.js', 'run', '--mutate', mutated.join(',')],
  { stdio: 'inherit', env: { ...process.env, ROOM: room } },
);
process.exit(status ?? 1);
