/**
 * What the app costs beside the least a tray app can be (bare-app), both measured in this run, in turn: from start to
 * the icon in the tray, from the click to the painted popover, memory, an idle minute's processor time; and how the
 * popover holds out while forty streams pass, all with a ledger of a million records.
 */
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ElectronApplication, Page } from '@playwright/test';
import { anthropicClient } from '../compat/clients.js';
import { ask, clickTray, desktop, expect, LOCAL_KEY, proxyIs, test } from '../e2e/fixtures.js';
import { argumentsFor, electronPath, environmentFor, freePort, launchApp } from '../e2e/launch.js';
import { seedMany } from './seed-many.js';

const BARE = path.join(import.meta.dirname, 'bare-app');
const ROUNDS = 3;
const RECORDS = Number(process.env.BENCH_RECORDS ?? 1_000_000);
const STREAMS = 40;
const IDLE_MS = 20_000;
const PATIENCE_MS = 30_000;

interface Sample {
  readonly startMs: number;
  readonly clickMs: number;
  readonly memoryMiB: number;
}

test('the app beside a bare one', async ({ home, launch }) => {
  console.log(`a ledger of ${RECORDS} records: ${await seedMany(path.join(home, 'meshbar'), RECORDS)} s to write`);
  const samples: { ours: Sample; bare: Sample }[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    samples.push({ bare: await sample(BARE, await bareHome()), ours: await sample(undefined, home) });
  }
  for (const [name, unit] of [
    ['startMs', 'ms from start to icon'],
    ['clickMs', 'ms from click to painted popover'],
    ['memoryMiB', 'MiB of all processes'],
  ] as const) {
    const ours = median(samples.map((one) => one.ours[name]));
    const bare = median(samples.map((one) => one.bare[name]));
    console.log(`${unit}: ${(ours / bare).toFixed(2)} times a bare app (${ours.toFixed(0)} / ${bare.toFixed(0)})`);
  }

  const launched = await launch();
  const { app, popover } = launched;
  await proxyIs(popover, 'running');
  const before = await cpuSeconds(app);
  await sleep(IDLE_MS);
  const idle = (await cpuSeconds(app)) - before;
  console.log(`idle: ${((idle / IDLE_MS) * 100_000).toFixed(2)} % of a processor`);

  for (const query of [
    { period: '24h', by: 'model' },
    { period: '7d', by: 'model' },
    { period: '30d', by: 'tool' },
  ] as const) {
    const times: number[] = [];
    for (let n = 0; n < 5; n += 1) {
      const start = performance.now();
      await ask(popover, 'usage:view', query);
      times.push(performance.now() - start);
    }
    console.log(`usage:view ${query.period} by ${query.by}: ${median(times).toFixed(0)} ms, asked from the window`);
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

/** Starts an app, opens its popover by a click in the tray, and ends it. */
async function sample(appPath: string | undefined, home: string): Promise<Sample> {
  const port = await freePort();
  await writeFile(path.join(home, 'meshbar/settings.json'), JSON.stringify({ port }));
  const started = performance.now();
  const child = spawn(electronPath(), argumentsFor(appPath), { env: environmentFor(home), stdio: 'ignore' });
  await until('an icon in the tray', async () => (await trayIcons()) > 0);
  const startMs = performance.now() - started;
  child.kill('SIGTERM');
  await new Promise((resolve) => child.once('exit', resolve));
  await until('no icon in the tray', async () => (await trayIcons()) === 0);

  const { app, popover, close } = await launchApp({ home, settings: { port }, appPath });
  await until('an icon in the tray', async () => (await trayIcons()) > 0);
  await sleep(3000);
  const clicked = Date.now();
  await clickTray();
  await until('the popover', () =>
    app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().some((window) => window.isVisible())),
  );
  const painted = await popover.evaluate(
    () =>
      new Promise<number>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve(Date.now())))),
  );
  const clickMs = painted - clicked;
  const memoryMiB = await app.evaluate(
    ({ app: electron }) => electron.getAppMetrics().reduce((sum, { memory }) => sum + memory.workingSetSize, 0) / 1024,
  );
  await close();
  await until('no icon in the tray', async () => (await trayIcons()) === 0);
  return { startMs, clickMs, memoryMiB };
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

async function bareHome(): Promise<string> {
  const home = await mkdtemp(path.join(os.tmpdir(), 'meshbar-bare-'));
  await mkdir(path.join(home, 'meshbar'));
  process.once('exit', () => rm(home, { recursive: true, force: true }));
  return home;
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
