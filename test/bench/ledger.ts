/**
 * How long the ledger takes to answer each view when it holds a million records of a year, and how much memory the
 * process needs for it, beside a plain full scan of the same file in the same run. The built ledger thread is asked, as
 * the app asks it. `RECORDS=100000 npm run bench:ledger` takes another number of them. Linux only (memory from /proc).
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';

const RECORDS = Number(process.env.RECORDS ?? 1_000_000);
const BATCH = 5000;
const ROUNDS = 7;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const MODELS = ['claude-sonnet-4-6', 'gpt-5.4', 'claude-haiku-4-5', 'gpt-5.4-mini', 'text-embedding-3-small'] as const;
const TOOLS = ['Claude Code', 'Codex', 'OpenAI SDK · Python', 'LangChain · JS'] as const;
const WORKER = new URL('../../out/terminal/ledger-worker.js', import.meta.url);
const PROJECT = 'prj_bench';

interface Thread {
  ask(question: object): Promise<unknown>;
  close(): Promise<void>;
}

function openThread(file: string): Thread {
  const worker = new Worker(WORKER, { workerData: { path: file }, resourceLimits: { maxYoungGenerationSizeMb: 4 } });
  const waiting = new Map<number, (value: unknown) => void>();
  let nextId = 1;
  worker.on('message', (answer: { kind: string; id?: number; value?: unknown; error?: { message: string } }) => {
    if (answer.kind === 'ready') return;
    if (answer.kind !== 'result' || answer.id === undefined) throw new Error(answer.error?.message ?? answer.kind);
    waiting.get(answer.id)?.(answer.value);
    waiting.delete(answer.id);
  });
  const ask = (question: object) =>
    new Promise<unknown>((resolve) => {
      const id = nextId++;
      waiting.set(id, resolve);
      worker.postMessage({ id, question });
    });
  return {
    ask,
    async close() {
      await ask({ kind: 'close' });
      await worker.terminate();
    },
  };
}

/** One in a hundred failed, one in a thousand was cut; one in ten thousand came from a tool that is seldom used. */
function recordLine(n: number, startedAt: number): string {
  const model = MODELS[(n * 7919) % MODELS.length] as string;
  const isOpenAI = !model.startsWith('claude');
  const outcome = n % 100 === 7 ? 'failed' : n % 1000 === 11 ? 'interrupted' : 'complete';
  const usage = { inputTokens: 1000 + (n % 9000), cacheReadInputTokens: n % 1000, outputTokens: 10 + (n % 700) };
  return JSON.stringify({
    id: `ex_${String(n).padStart(9, '0')}`,
    startedAt,
    providerName: isOpenAI ? 'openai' : 'anthropic',
    projectId: PROJECT,
    tool: n % 10_000 === 13 ? 'seldom' : TOOLS[(n * 104_729) % TOOLS.length],
    toolVersion: '1.2.3',
    method: 'POST',
    path: isOpenAI ? '/v1/responses' : '/v1/messages',
    transport: 'http',
    streaming: true,
    status: outcome === 'failed' ? 429 : 200,
    requestModel: model,
    responseModel: model,
    ...(outcome === 'failed' ? { errorType: 'rate_limit_error', errorReason: 'Too many requests.' } : { usage }),
    rawUsage: { input_tokens: usage.inputTokens, output_tokens: usage.outputTokens },
    usageStanding: outcome === 'failed' ? 'none' : outcome === 'interrupted' ? 'partial' : 'measured',
    timeToFirstChunkMs: 412.5,
    durationMs: 3100.25,
    requestBytes: 20_000,
    responseBytes: 4000,
    outcome,
  });
}

async function seed(file: string, end: number): Promise<void> {
  const thread = openThread(file);
  const begun = performance.now();
  for (let first = 0; first < RECORDS; first += BATCH) {
    const lines = Array.from({ length: Math.min(BATCH, RECORDS - first) }, (_, i) =>
      recordLine(first + i, Math.floor(end - 365 * DAY + (365 * DAY * (first + i)) / RECORDS)),
    );
    await thread.ask({ kind: 'append', lines: lines.join('\n') });
  }
  await thread.ask({ kind: 'tidy', retention: {} });
  await thread.close();
  const seconds = (performance.now() - begun) / 1000;
  console.log(`${RECORDS} records written in ${seconds.toFixed(0)} s, ${(statSync(file).size / 1e6).toFixed(0)} MB`);
}

const query = (method: string, value: object) => ({ kind: 'query', method, query: value });

function views(now: number): [string, object][] {
  const range = (days: number) => ({ since: now - days * DAY });
  return [
    ['totals, all time', query('totals', {})],
    ['totals, 30 days', query('totals', range(30))],
    ['totals, a year of one model', query('totals', { ...range(364.3), model: MODELS[0] })],
    ['by model, all time', query('breakdown', { by: 'model' })],
    ['by tool, all time', query('breakdown', { by: 'tool' })],
    ['by model, 7 days', query('breakdown', { ...range(7), by: 'model' })],
    ['by day, all time', query('breakdown', { by: 'day' })],
    ['by hour, 2 days by model', query('series', { ...range(2), by: 'model', bucketMs: HOUR })],
    ['by 6 hours, 8 days by tool', query('series', { ...range(8), by: 'tool', bucketMs: 6 * HOUR })],
    ['by day, 30 days by model', query('series', { ...range(30), by: 'model', bucketMs: 'day' })],
    ['by day, a year by model', query('series', { ...range(365), by: 'model', bucketMs: 'day' })],
    ['latest 500', query('latest', { limit: 500 })],
    ['latest 500 of a tool', query('latest', { limit: 500, tool: TOOLS[1] })],
    ['latest 500 of a seldom tool', query('latest', { limit: 500, tool: 'seldom' })],
    ['latest 500 of a model', query('latest', { limit: 500, model: MODELS[2] })],
    ['latest 500 interrupted', query('latest', { limit: 500, outcome: 'interrupted' })],
    [
      'latest 500 by tool, model and outcome',
      query('latest', { limit: 500, tool: TOOLS[3], model: MODELS[3], outcome: 'failed' }),
    ],
    [
      'latest 500, of which there are none',
      query('latest', { limit: 500, tool: 'seldom', model: MODELS[4], outcome: 'interrupted' }),
    ],
  ];
}

/** Milliseconds of the quickest round: what other programs on the machine add is not the ledger's. */
async function measure(work: () => unknown): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const begun = performance.now();
    await work();
    times.push(performance.now() - begun);
  }
  return Math.min(...times);
}

/** Resident memory in MiB: now (VmRSS), or at most so far (VmHWM). */
function memoryOf(line: 'VmRSS' | 'VmHWM'): number {
  return Number(new RegExp(`${line}:\\s+(\\d+)`).exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) / 1024;
}

async function ask(file: string, now: number): Promise<void> {
  const bare = memoryOf('VmRSS');
  const thread = openThread(file);
  await thread.ask(query('latest', { limit: 0 }));
  const rows: [string, number][] = [];
  for (const [name, question] of views(now)) rows.push([name, await measure(() => thread.ask(question))]);
  const memory = memoryOf('VmHWM');
  await thread.close();
  const db = new DatabaseSync(file, { readOnly: true });
  const scan = db.prepare('SELECT COUNT(*), TOTAL(cost_nano_usd) FROM exchanges NOT INDEXED');
  const control = await measure(() => scan.get());
  db.close();
  console.log(`control: a full scan of the records takes ${control.toFixed(0)} ms`);
  for (const [name, ms] of rows) {
    console.log(`${name.padEnd(40)} ${(ms / control).toFixed(4)} x   (${ms.toFixed(1)} ms)`);
  }
  console.log(
    `memory: ${(memory - bare).toFixed(0)} MiB at most for the thread and its answers, on top of a bare ${bare.toFixed(0)}`,
  );
}

const [task, file, end] = process.argv.slice(2);
if (task === 'seed') await seed(file as string, Number(end));
else if (task === 'ask') await ask(file as string, Number(end));
else {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'meshbar-bench-ledger-'));
  const now = Date.now();
  try {
    for (const step of ['seed', 'ask']) {
      // A process for each: the memory of writing is not that of asking.
      const args = [
        '--semi-space-growth-factor=1',
        fileURLToPath(import.meta.url),
        step,
        path.join(folder, 'ledger.sqlite'),
        String(now),
      ];
      const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' });
      if (status !== 0) process.exitCode = 1;
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
