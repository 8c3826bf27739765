import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { learnSecret } from '../files/secrets.js';
import type { UsageGroup, UsageTotals } from '../shared/usage.js';
import { launchOf } from '../tools/run/run-environment.js';
import { stepTexts } from '../tools/tool-report.js';
import { UNKNOWN } from '../words/format.js';
import { t, textOf } from '../words/index.js';
import { type ChildEnd, startChild } from './child.js';
import { totalsLine, usageTable } from './lines.js';
import { EXIT, note, printError, printProblem } from './output.js';
import { contradictionIn, type ProxyOptions } from './proxy-options.js';
import { openSessionProxy, type SessionProxy } from './session-proxy.js';

/** The exit codes that shells use. */
const NOT_FOUND = 127;
const NOT_RUNNABLE = 126;

/**
 * Runs a command with the proxy behind it, and says what it used. Gives the command's exit code; where a signal ended
 * it, the same one ends this process.
 */
export async function runRun(command: string, args: readonly string[], options: ProxyOptions): Promise<number> {
  const contradiction = contradictionIn(options, process.env, Boolean(process.stdout.isTTY));
  if (contradiction !== undefined) {
    printProblem(contradiction);
    return EXIT.usage;
  }
  // The screen is the command's until it ends.
  const problems: string[] = [];
  let proxy: SessionProxy;
  try {
    proxy = await openSessionProxy(path.basename(command), options, (problem) =>
      problems.push(textOf(problem, 'terminal')),
    );
  } catch (error) {
    printError(error);
    return EXIT.failed;
  }
  learnSecret(proxy.localKey);
  const folder = createRunFolder();
  let end: ChildEnd;
  try {
    const launch = await launchOf(command, args, {
      address: proxy,
      env: process.env,
      cwd: process.cwd(),
      homedir: os.homedir(),
      platform: process.platform,
      writeFile: folder.write,
    });
    for (const remark of [...proxy.remarks, ...stepTexts(launch.remarks, 'terminal')]) printProblem(remark);
    end = await startChild(command, launch.args, launch.env).ended;
  } catch (error) {
    await proxy.end(0);
    printError(error);
    return EXIT.failed;
  } finally {
    await folder.remove();
  }
  const usage = await ended(proxy, options.drainSeconds * 1000);
  for (const problem of new Set(problems)) printProblem(problem);
  if (end.how === 'not-started') return couldNotStart(command, end.reason);
  printUsage(usage);
  return end.how === 'code' ? end.code : dieOf(end.signal);
}

/** Ends the proxy; a signal meanwhile cuts the requests in flight. */
async function ended(proxy: SessionProxy, graceMs: number) {
  const cut = () => proxy.cut();
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, cut);
  try {
    return await proxy.end(graceMs);
  } finally {
    for (const signal of signals) process.off(signal, cut);
  }
}

function printUsage({ totals, models }: { totals: UsageTotals; models: readonly UsageGroup[] }): void {
  if (totals.exchanges === 0) {
    printProblem(t('terminal.proxy.nothingPassed'));
    return;
  }
  if (models.length > 1) note(usageTable(models, 'model'));
  note(`meshbar: ${totalsLine(totals)}`);
}

function couldNotStart(command: string, { code }: NodeJS.ErrnoException): number {
  if (code === 'ENOENT') {
    printProblem(t('terminal.proxy.commandNotFound', { command }));
    return NOT_FOUND;
  }
  printProblem(t('terminal.proxy.commandNotStarted', { command, reason: code ?? UNKNOWN }));
  return NOT_RUNNABLE;
}

/** Shows our own parent what ended the command. A signal that does not end this process becomes an exit code. */
function dieOf(signal: NodeJS.Signals): number {
  process.kill(process.pid, signal);
  return 128 + os.constants.signals[signal];
}

/** A folder for the files of this run, created with the first. */
function createRunFolder() {
  let folder: string | undefined;
  return {
    async write(name: string, text: string): Promise<string> {
      folder ??= await mkdtemp(path.join(os.tmpdir(), 'meshbar-run-'));
      const file = path.join(folder, name);
      await writeFile(file, text, { mode: 0o600 });
      return file;
    },
    async remove(): Promise<void> {
      if (folder !== undefined) await rm(folder, { recursive: true, force: true });
    },
  };
}
