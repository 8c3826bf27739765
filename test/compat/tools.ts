import { execFile } from 'node:child_process';
import { access, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Ran } from './machine.js';

/** Tools as their makers publish them: large, so kept between runs, and no dependencies of the project. */
const TOOLS = {
  claude: { name: '@anthropic-ai/claude-code', version: '2.1.330', program: 'cli-wrapper.cjs' },
  codex: { name: '@openai/codex', version: '0.169.0', program: 'bin/codex.js' },
} as const;
export type ToolName = keyof typeof TOOLS;

const CACHE = path.join(process.env.XDG_CACHE_HOME ?? path.join(os.homedir(), '.cache'), 'meshbar-compat');

export function toolVersion(tool: ToolName): string {
  return TOOLS[tool].version;
}

/** Fetches a tool from npm unless an earlier run did; gives the program to be run by Node. Rejects with npm's words. */
export async function installTool(tool: ToolName): Promise<string> {
  const { name, version, program } = TOOLS[tool];
  const prefix = path.join(CACHE, `${tool}-${version}`);
  const file = path.join(prefix, 'node_modules', name, program);
  if (await exists(file)) return file;
  await mkdir(CACHE, { recursive: true });
  // Beside its place, and moved there whole: another test file that asks meanwhile must not find half of it.
  const half = await mkdtemp(`${prefix}-`);
  const args = ['install', '--prefix', half, '--no-save', '--no-audit', '--no-fund', `${name}@${version}`];
  // On Windows npm is a script, which only a shell runs.
  const shell = process.platform === 'win32';
  await new Promise<void>((resolve, reject) => {
    execFile('npm', args, { shell }, (error, _stdout, stderr) => {
      if (error) reject(new Error(`npm can't install ${name}@${version}: ${stderr.slice(-2000)}`));
      else resolve();
    });
  });
  await rename(half, prefix).catch(async (error) => {
    await rm(half, { recursive: true });
    if (!(await exists(file))) throw error;
  });
  return file;
}

/** Runs a tool to its end, with nothing to read from. */
export function runTool(program: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Promise<Ran> {
  return new Promise((resolve) => {
    const options = { cwd, env, timeout: 90_000, killSignal: 'SIGKILL' as const };
    const child = execFile(process.execPath, [program, ...args], options, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code ?? -1), stdout, stderr });
    });
    child.stdin?.end();
  });
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
