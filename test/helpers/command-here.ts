import { vi } from 'vitest';
import { createProgram } from '../../src/terminal/program.js';
import type { Ended } from './terminal.js';

/** The command would have ended its process. */
class Exit extends Error {
  constructor(readonly code: number) {
    super(`ended with ${code}`);
  }
}

/**
 * Runs a command to its end in this process, one at a time: starting the built one is what takes long. Each command is
 * seen from outside, too: this is for what comes before and after, and for further cases of what was seen there. It has
 * no terminal, and its environment is `env` alone, in which nothing may be a secret that other tests say aloud.
 */
export async function runHere(args: readonly string[], env: Record<string, string>): Promise<Ended> {
  const written = { stdout: '', stderr: '' };
  const spies = (['stdout', 'stderr'] as const).map((name) =>
    vi.spyOn(process[name], 'write').mockImplementation((text) => {
      written[name] += text;
      return true;
    }),
  );
  const [envBefore, codeBefore] = [{ ...process.env }, process.exitCode];
  try {
    setEnvironment(env);
    process.exitCode = undefined;
    const program = createProgram((code) => {
      throw new Exit(code);
    });
    await program.parseAsync(args, { from: 'user' });
    return { code: Number(process.exitCode ?? 0), ...written };
  } catch (error) {
    if (error instanceof Exit) return { code: error.code, ...written };
    throw error;
  } finally {
    process.exitCode = codeBefore;
    setEnvironment(envBefore);
    for (const spy of spies) spy.mockRestore();
  }
}

function setEnvironment(env: NodeJS.ProcessEnv): void {
  for (const name of Object.keys(process.env)) if (!(name in env)) delete process.env[name];
  Object.assign(process.env, env);
}
