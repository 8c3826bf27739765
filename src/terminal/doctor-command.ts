import os from 'node:os';
import { DEFAULT_CONFIG, meshbarPaths } from '../core/config.js';
import { redact } from '../core/secrets.js';
import type { DoctorContext } from '../doctor/context.js';
import { runDoctor } from '../doctor/doctor.js';
import { findingsText } from './doctor-text.js';
import { EXIT, print } from './output.js';
import { VERSION } from './version.js';

export interface DoctorCommandOptions {
  readonly json: boolean;
  readonly port?: number;
}

/** Says what is wrong and what to do about it; exit code 1 if anything is a problem. */
export async function runDoctorCommand(options: DoctorCommandOptions): Promise<number> {
  const findings = await runDoctor(contextOf(options));
  const hasProblem = findings.some(({ status }) => status === 'problem');
  if (options.json)
    print(redact(JSON.stringify({ format: 1, meshbar: VERSION, at: new Date().toISOString(), findings }, null, 2)));
  else
    print(
      redact(findingsText(findings, { colours: process.stdout.isTTY === true && process.env.NO_COLOR === undefined })),
    );
  return hasProblem ? EXIT.failed : EXIT.ok;
}

function contextOf({ port }: DoctorCommandOptions): DoctorContext {
  return {
    version: VERSION,
    config: { ...DEFAULT_CONFIG, ...(port === undefined ? {} : { port }) },
    paths: meshbarPaths(),
    env: process.env,
    homedir: os.homedir(),
    cwd: process.cwd(),
    platform: process.platform,
    nodeVersion: process.versions.node,
    ledgerCheckWorker: new URL('./ledger-check-worker.js', import.meta.url),
  };
}
