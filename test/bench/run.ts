/**
 * What Meshbar costs beside the least that Node needs to pass a request on (control.ts), both measured in this run, in
 * turn, against the same upstream. Ratios travel from machine to machine; the figures in brackets do not. Linux only:
 * processor time and memory are read from /proc.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const KEY = 'bench-key';
const ROUNDS = 3;
const PROMPT = 'Tell me about reverse proxies, please. ';
const children: ChildProcess[] = [];
const home = mkdtempSync(path.join(os.tmpdir(), 'meshbar-bench-'));
process.on('exit', () => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(home, { recursive: true, force: true });
});

interface Target {
  readonly pid: number;
  readonly port: number;
}

function start(args: readonly string[], port: RegExp, env: NodeJS.ProcessEnv = {}): Promise<Target> {
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  children.push(child);
  return new Promise((resolve, reject) => {
    let output = '';
    child.on('exit', () => reject(new Error(`${args[0]} ended: ${output}`)));
    // Read to the end: a proxy whose output nobody reads stops.
    child.stdout.on('data', (chunk: Buffer) => {
      if (output.length > 64 * 1024) return;
      output += chunk;
      const found = port.exec(output);
      if (found) resolve({ pid: child.pid as number, port: Number(found[1]) });
    });
  });
}

/** Processor time of all threads in microseconds. */
function cpuOf(pid: number): number {
  const tasks = `/proc/${pid}/task`;
  return readdirSync(tasks).reduce(
    (sum, task) => sum + Number(readFileSync(`${tasks}/${task}/schedstat`, 'utf8').split(' ')[0]) / 1000,
    0,
  );
}

/** Resident memory in MiB: now (VmRSS), or at most so far (VmHWM). */
function memoryOf(pid: number, line: 'VmRSS' | 'VmHWM'): number {
  const found = new RegExp(`${line}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Number(found?.[1]) / 1024;
}

const agent = new http.Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY });

function send(target: Target, requestPath: string, body: string | Buffer, copies = 1): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = {
      authorization: `Bearer ${KEY}`,
      'content-type': requestPath.includes('audio') ? 'application/octet-stream' : 'application/json',
      'content-length': Buffer.byteLength(body) * copies,
    };
    const request = http.request({ agent, port: target.port, method: 'POST', path: requestPath, headers }, (answer) => {
      answer.resume();
      answer.on('error', reject);
      answer.on('end', () =>
        answer.statusCode === 200 ? resolve() : reject(new Error(`status ${answer.statusCode}`)),
      );
    });
    request.on('error', reject);
    let left = copies;
    const write = () => {
      while (left > 1) {
        left -= 1;
        if (!request.write(body)) return void request.once('drain', write);
      }
      request.end(body);
    };
    write();
  });
}

const CHAT = '/openai/v1/chat/completions';
const chat = (promptBytes: number, stream = false) =>
  JSON.stringify({
    model: 'gpt-4.1-mini',
    messages: [{ role: 'user', content: PROMPT.repeat(promptBytes / PROMPT.length) }],
    ...(stream ? { stream: true, stream_options: { include_usage: true } } : {}),
  });

async function loop(target: Target, body: string, connections: number, total: number): Promise<number> {
  let left = total;
  const before = cpuOf(target.pid);
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (left-- > 0) await send(target, CHAT, body);
    }),
  );
  return (cpuOf(target.pid) - before) / total;
}

async function streams(target: Target): Promise<number> {
  const before = cpuOf(target.pid);
  await Promise.all(Array.from({ length: 40 }, () => send(target, CHAT, chat(800, true))));
  return (cpuOf(target.pid) - before) / (40 * 100);
}

async function upload(target: Target): Promise<number> {
  const before = memoryOf(target.pid, 'VmRSS');
  await send(target, '/openai/v1/audio/transcriptions', Buffer.alloc(1024 * 1024), 256);
  return Math.max(0, memoryOf(target.pid, 'VmHWM') - before);
}

const upstream = await start([path.join(import.meta.dirname, 'upstream.ts')], /^(\d+)\n/);
const upstreamUrl = `http://127.0.0.1:${upstream.port}`;
const control = await start([path.join(import.meta.dirname, 'control.ts'), upstreamUrl], /^(\d+)\n/);
const meshbar = await start(
  [
    path.join(import.meta.dirname, '../../out/terminal/meshbar.js'),
    ...['proxy', '--no-tui', '--port', '0', '--bearer', KEY, '--project-id', 'bench', '--api-url', upstreamUrl],
  ],
  /OPENAI_BASE_URL=http:\/\/127\.0\.0\.1:(\d+)/,
  { HOME: home, MESHBAR_HOME: home, MESHAGENT_TOKEN: 'bench-token' },
);
await sleep(1000);
const idle = { control: memoryOf(control.pid, 'VmRSS'), meshbar: memoryOf(meshbar.pid, 'VmRSS') };

const MEASURES: readonly [string, string, (target: Target) => Promise<number>][] = [
  ['processor time a request, 1 connection', 'us', (target) => loop(target, chat(800), 1, 1500)],
  ['processor time a request, 32 connections', 'us', (target) => loop(target, chat(800), 32, 6000)],
  ['processor time a request, 64 KiB prompt', 'us', (target) => loop(target, chat(65_536), 8, 1500)],
  ['processor time an event of a stream, 20 ms apart', 'us', streams],
  ['memory on top for an upload of 256 MiB', 'MiB', upload],
];
for (const target of [control, meshbar]) await loop(target, chat(800), 32, 3000);
const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[values.length >> 1] as number;
const row = (name: string, unit: string, ours: number, least: number) =>
  console.log(
    `${name.padEnd(50)} ${(ours / least).toFixed(2).padStart(5)} x   (${ours.toFixed(1)} ${unit} against ${least.toFixed(1)})`,
  );
row('memory when idle', 'MiB', idle.meshbar, idle.control);
for (const [name, unit, measure] of MEASURES) {
  const figures = { control: [] as number[], meshbar: [] as number[] };
  for (let round = 0; round < ROUNDS; round += 1) {
    figures.control.push(await measure(control));
    figures.meshbar.push(await measure(meshbar));
  }
  row(name, unit, median(figures.meshbar), median(figures.control));
}
process.exit(0);
