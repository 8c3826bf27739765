/**
 * What the app costs beside the least a tray app can be (bare-app), both measured in this run, in turn and without
 * Playwright beside them: from start to the icon in the tray, from the click to the painted popover, memory, and
 * processor time once they have come to rest. Then, how long a window waits for its figures, and how the popover holds
 * out while forty streams pass. All with a ledger of a million records.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ElectronApplication, Page } from '@playwright/test';
import { localDayStart } from '../../src/shared/calendar.js';
import { anthropicClient } from '../compat/clients.js';
import { type AloneApp, startAlone } from '../e2e/alone.js';
import { ask, clickTray, desktop, expect, hoverTray, LOCAL_KEY, proxyIs, test } from '../e2e/fixtures.js';
import { busySeconds, memoryMiB, quietFor } from './processes.js';
import { seedMany } from './seed-many.js';

const BARE = path.join(import.meta.dirname, 'bare-app');
const ROUNDS = 3;
const CLICKS = 3;
const RECORDS = Number(process.env.BENCH_RECORDS ?? 1_000_000);
const STREAMS = 40;
const QUIET_SECONDS = 30;
const IDLE_SECONDS = 30;
const VIEWS = 9;
const PATIENCE_MS = 30_000;

interface Opening {
  /** From the click to each of these. */
  readonly trayMs: number;
  readonly shownMs: number;
  readonly paintedMs: number;
}

interface Sample {
  readonly startMs: number;
  readonly first: Opening;
  readonly later: readonly Opening[];
  readonly memoryMiB: number;
}

test('the app beside a bare one', async ({ home, launch }) => {
  const folder = path.join(home, 'meshbar');
  console.log(`a ledger of ${RECORDS} records: ${await seedMany(folder, RECORDS)} s to write`);
  const bareHome = await mkdtemp(path.join(os.tmpdir(), 'meshbar-bare-'));
  const samples: Record<'ours' | 'bare', Sample>[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    samples.push({ bare: await sample(bareHome, BARE), ours: await sample(home) });
  }
  const compare = (what: string, figure: (of: Sample) => number) => {
    const [ours, bare] = [
      median(samples.map((one) => figure(one.ours))),
      median(samples.map((one) => figure(one.bare))),
    ];
    console.log(`${what}: ${(ours / bare).toFixed(2)} times a bare app (${ours.toFixed(0)} / ${bare.toFixed(0)})`);
  };
  compare('ms from start to icon', ({ startMs }) => startMs);
  compare('ms from click to painted popover, the first time', ({ first }) => first.paintedMs);
  compare('ms from click to painted popover, later', ({ later }) => median(later.map(({ paintedMs }) => paintedMs)));
  compare('  until the tray tells of the click', ({ later }) => median(later.map(({ trayMs }) => trayMs)));
  compare('  until the window is shown', ({ later }) => median(later.map(({ shownMs }) => shownMs)));
  compare('MiB of all processes', (one) => one.memoryMiB);

  for (const [name, at, appPath] of [
    ['a bare app', bareHome, BARE],
    ['the app', home, undefined],
  ] as const) {
    const app = await startAlone(at, appPath);
    await openAndPutAway(app);
    if (!appPath) await until('days that are over to be summed', async () => areDaysSummed(folder));
    // Half a minute after the last thing happened, V8 cleans up once, in either app.
    await quietFor(app.pid, QUIET_SECONDS);
    const used = await busySeconds(app.pid, IDLE_SECONDS);
    await app.close();
    const percent = (ms: number) => `${(ms / 10).toFixed(2)} %`;
    const mean = used.reduce((sum, one) => sum + one, 0) / used.length;
    const most = percent(Math.max(...used));
    console.log(
      `${name}, idle: ${percent(mean)} of a processor, ${percent(median(used))} in most seconds, ${most} at most`,
    );
  }
  await rm(bareHome, { recursive: true, force: true });

  const launched = await launch();
  const { app, popover } = launched;
  await proxyIs(popover, 'running');
  await quietFor(Number(app.process().pid), 2);
  for (const query of [
    { period: '24h', by: 'model' },
    { period: '7d', by: 'model' },
    { period: '30d', by: 'tool' },
  ] as const) {
    const times: number[] = [];
    for (let n = 0; n < VIEWS; n += 1) {
      const tookMs = await popover.evaluate(async (asked) => {
        const start = performance.now();
        await window.meshbar.request('usage:view', asked);
        return performance.now() - start;
      }, query);
      times.push(tookMs);
    }
    const most = Math.max(...times).toFixed(0);
    console.log(
      `usage:view ${query.period} by ${query.by}: ${median(times).toFixed(0)} ms for the window, ${most} at most`,
    );
  }

  const hidden = await flood(launched, app, popover);
  await clickTray();
  const shown = await flood(launched, app, popover);
  const cpu = `${shown.cpu.toFixed(1)} / ${hidden.cpu.toFixed(1)} s of processor time`;
  console.log(`${STREAMS} streams, popover open beside hidden: ${(shown.cpu / hidden.cpu).toFixed(2)} (${cpu})`);
  console.log(`  ${shown.pushes.toFixed(1)} pushes and ${shown.frames.toFixed(1)} frames a second`);
  console.log(
    `  ${shown.longTasks} tasks of 50 ms and more in ${shown.seconds.toFixed(0)} s, the longest ${shown.longest} ms`,
  );
});

/** Starts an app, opens its popover a few times by clicks in the tray, and ends it. */
async function sample(home: string, appPath?: string): Promise<Sample> {
  const app = await startAlone(home, appPath);
  await until('an icon in the tray', async () => (await trayIcons()) > 0);
  const startMs = Date.now() - app.startedAt;
  await quietFor(app.pid, 2);
  const first = await openAndPutAway(app);
  const later: Opening[] = [];
  while (later.length < CLICKS) later.push(await openAndPutAway(app));
  const used = memoryMiB(app.pid);
  await app.close();
  await until('no icon in the tray', async () => (await trayIcons()) === 0);
  return { startMs, first, later, memoryMiB: used };
}

async function openAndPutAway(app: AloneApp): Promise<Opening> {
  await until('an icon in the tray', async () => (await trayIcons()) > 0);
  await hoverTray();
  const before = app.told.length;
  const clickedAt = Date.now();
  await desktop('xdotool', 'click', '1');
  const since = async (what: string) => (await app.next(what, before)).at - clickedAt;
  const opening = {
    trayMs: await since('click'),
    shownMs: await since('shown'),
    paintedMs: await since('painted'),
  };
  await quietFor(app.pid, 1);
  const shown = app.told.length;
  await clickTray();
  await app.next('put away', shown);
  await quietFor(app.pid, 1);
  return opening;
}

/** The ledger's upkeep of the day: what each start has it do first. */
function areDaysSummed(folder: string): boolean {
  const db = new DatabaseSync(path.join(folder, 'ledger.sqlite'), { readOnly: true });
  const unsummed = db
    .prepare(
      `SELECT 1 FROM rollups WHERE bucket < ?
       AND NOT EXISTS (SELECT 1 FROM day_spans WHERE starts <= bucket AND ends > bucket) LIMIT 1`,
    )
    .get(localDayStart(Date.now()));
  db.close();
  return unsummed === undefined;
}

/** Forty streams at once; what the window saw and what all processes used. */
async function flood(at: { url: string }, app: ElectronApplication, popover: Page) {
  await popover.evaluate(() => {
    const seen = { pushes: 0, frames: 0, longTasks: 0, longest: 0 };
    Object.assign(window, { seen });
    window.meshbar.on('push:usage', () => {
      seen.pushes += 1;
    });
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) {
        seen.longTasks += 1;
        seen.longest = Math.max(seen.longest, duration);
      }
    }).observe({ type: 'longtask' });
    const count = () => {
      seen.frames += 1;
      requestAnimationFrame(count);
    };
    requestAnimationFrame(count);
  });
  const cpuBefore = await cpuSeconds(app);
  const start = performance.now();
  const client = anthropicClient(at, { key: LOCAL_KEY, plan: 'events=200; interval=40' });
  const message = {
    model: 'claude-sonnet-4-6',
    max_tokens: 4000,
    messages: [{ role: 'user' as const, content: 'hi' }],
  };
  await Promise.all(Array.from({ length: STREAMS }, () => client.messages.stream(message).finalMessage()));
  const seconds = (performance.now() - start) / 1000;
  const cpu = (await cpuSeconds(app)) - cpuBefore;
  const seen = await popover.evaluate(
    () => (window as unknown as { seen: Record<'pushes' | 'frames' | 'longTasks' | 'longest', number> }).seen,
  );
  expect(await ask(popover, 'usage:now', undefined)).toMatchObject({ active: [] });
  return { ...seen, pushes: seen.pushes / seconds, frames: seen.frames / seconds, seconds, cpu };
}

/** Of all processes of the app since they began. */
async function cpuSeconds(app: ElectronApplication): Promise<number> {
  const pids = await app.evaluate(({ app: electron }) => electron.getAppMetrics().map(({ pid }) => pid));
  const ticks = await Promise.all(
    pids.map(async (pid) => {
      const fields = (await desktop('cat', `/proc/${pid}/stat`)).split(') ')[1]?.split(' ') ?? [];
      return Number(fields[11]) + Number(fields[12]);
    }),
  );
  return ticks.reduce((sum, one) => sum + one, 0) / 100;
}

/** Whether the tray holds an icon: empty, it may be gone, or narrower than one. */
async function trayIcons(): Promise<number> {
  const window = (await desktop('xdotool', 'search', '--onlyvisible', '--class', 'trayer').catch(() => ''))
    .split('\n')
    .at(-1);
  if (!window) return 0;
  const geometry = await desktop('xdotool', 'getwindowgeometry', '--shell', window).catch(() => '');
  return Number(/WIDTH=(\d+)/.exec(geometry)?.[1]) >= 16 ? 1 : 0;
}

async function until(what: string, condition: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`Waited in vain: ${what}.`);
    await sleep(2);
  }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
