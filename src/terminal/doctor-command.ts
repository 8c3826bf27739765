import os from 'node:os';
import type { Found } from '../doctor/check.js';
import type { DoctorContext } from '../doctor/context.js';
import { runDoctor } from '../doctor/doctor.js';
import { findingText } from '../doctor/finding-text.js';
import { createReport } from '../doctor/report.js';
import { redact, redactedJson } from '../files/secrets.js';
import { DEFAULT_CONFIG } from '../settings/config.js';
import { meshbarPaths } from '../settings/paths.js';
import type { Finding } from '../shared/doctor.js';
import { t } from '../words/index.js';
import { findingsText } from './doctor-text.js';
import { EXIT, note, print } from './output.js';
import { VERSION } from './version.js';

export interface DoctorCommandOptions {
  readonly json: boolean;
  readonly report: boolean;
  readonly port?: number;
}

/** Of the JSON's shape, which the README describes: fields may be added, another number means another shape. */
const FORMAT = 1;

/** Says what is wrong and what to do about it; exit code 1 if anything is a problem. */
export async function runDoctorCommand(options: DoctorCommandOptions): Promise<number> {
  const context = contextOf(options);
  const findings = await runDoctor(context);
  print(await textOf(findings, context, options));
  if (options.report) note(t('terminal.doctor.readFirst'));
  return findings.some(({ status }) => status === 'problem') ? EXIT.failed : EXIT.ok;
}

async function textOf(
  found: readonly Found[],
  context: DoctorContext,
  { json, report }: DoctorCommandOptions,
): Promise<string> {
  const at = Date.now();
  if (report) return createReport(found, context, at);
  const findings = found.map((one) => findingText(one, 'terminal'));
  if (json) return jsonOf(findings, at);
  const colours = process.stdout.isTTY === true && process.env.NO_COLOR === undefined;
  return redact(findingsText(findings, { colours }));
}

function jsonOf(findings: readonly Finding[], at: number): string {
  return redactedJson({ format: FORMAT, meshbar: VERSION, at: new Date(at).toISOString(), findings }, 2);
}

function contextOf({ port }: DoctorCommandOptions): DoctorContext {
  return {
    version: VERSION,
    nodeVersion: process.versions.node,
    config: { ...DEFAULT_CONFIG, ...(port === undefined ? {} : { port }) },
    paths: meshbarPaths(),
    env: process.env,
    isShell: true,
    homedir: os.homedir(),
    cwd: process.cwd(),
    platform: process.platform,
    ledgerCheckWorker: new URL('./ledger-check-worker.js', import.meta.url),
  };
}
