/**
 * The proxy is killed under traffic, again and again, at random moments: at most the last second is missing, and the file
 * always opens. `SOAK_KILLS=100` does so as many times.
 */

import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { openReader } from '../../src/ledger/reader.js';
import { openStore } from '../../src/ledger/store.js';
import { englishOf } from '../../src/words/index.js';
import { createSignedInHome, startMeshbar } from '../helpers/terminal.js';
import { waitFor } from '../helpers/wait-for.js';
import { seeded, sendOne } from './traffic.js';

const KILLS = Number(process.env.SOAK_KILLS ?? 3);
const CLIENTS = 6;

/** The highest number in the file. */
function newest(file: string): number {
  const reader = openReader(file);
  const latest = reader?.latest({ limit: 20 }) ?? [];
  reader?.close();
  return Math.max(-1, ...latest.map(({ toolVersion }) => Number(toolVersion)));
}

test('a killed proxy loses at most the last second', { timeout: 30_000 + KILLS * 20_000 }, async () => {
  const { env } = await createSignedInHome();
  const file = path.join(env.MESHBAR_HOME as string, 'ledger.sqlite');
  const random = seeded(Number(process.env.SOAK_SEED ?? 1));
  /** Each exchange whose whole answer came, and when: Unix milliseconds. */
  const answered = new Map<number, number>();
  const late: object[] = [];
  let before: ReadonlySet<number> = new Set();
  // How long the machine kept this process waiting, and so the proxy too.
  const stalled = monitorEventLoopDelay({ resolution: 10 });
  stalled.enable();
  let [n, lost] = [0, 0];
  const longestMs = { starting: 0, writing: 0 };
  for (let round = 0; round < KILLS; round += 1) {
    const meshbar = startMeshbar(['proxy', '--port', '0', '--bearer', 'soak', '--no-tui'], env);
    const target = { url: await meshbar.url(), key: 'soak' };
    const first = n;
    stalled.reset();
    let isOver = false;
    const client = async () => {
      while (!isOver) {
        const mine = n++;
        if (await sendOne(target, mine, seeded(mine))) answered.set(mine, Date.now());
      }
    };
    const clients = Array.from({ length: CLIENTS }, client);
    await waitFor(() => [...answered.keys()].some((mine) => mine >= first), 'the first answer', 20_000);
    // Now while the ledger's thread is starting, now in the midst of its work.
    if (round % 2 === 0) await waitFor(() => newest(file) >= first, 'the first record of this round', 20_000, 50);
    await sleep(random() * (round % 2 === 0 ? 1500 : 900));
    const killedAt = Date.now();
    meshbar.kill('SIGKILL');
    isOver = true;
    await Promise.all([...clients, meshbar.ended]);

    const problems: string[] = [];
    const store = openStore(file, {
      onSetAside: (name) => problems.push(name),
      onProblem: (problem) => problems.push(englishOf(problem)),
    });
    const records = store.latest({ limit: 1_000_000 });
    const totals = store.totals({});
    store.close();
    const kept = new Set(records.map(({ toolVersion }) => Number(toolVersion)));
    expect(problems).toEqual([]);
    expect(totals.exchanges).toBe(records.length);
    const isWriting = [...kept].some((mine) => mine >= first);
    for (const [mine, at] of answered) {
      if (mine < first || kept.has(mine)) continue;
      const age = killedAt - at;
      lost += 1;
      const phase = isWriting ? 'writing' : 'starting';
      longestMs[phase] = Math.max(longestMs[phase], age);
      if (age > 1000 + stalled.max / 1e6) late.push({ round, mine, age, phase });
    }
    // What was there once stays there.
    for (const mine of before) expect(kept.has(mine)).toBe(true);
    before = kept;
  }
  if (process.env.SOAK_KILLS) console.log(JSON.stringify({ kills: KILLS, answered: answered.size, lost, longestMs }));
  expect(late).toEqual([]);
});
