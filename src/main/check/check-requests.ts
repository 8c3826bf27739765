import os from 'node:os';
import type { WebContents } from 'electron';
import type { Found } from '../../doctor/check.js';
import type { DoctorContext } from '../../doctor/context.js';
import { runDoctor } from '../../doctor/doctor.js';
import { findingText } from '../../doctor/finding-text.js';
import { createReport } from '../../doctor/report.js';
import { redact } from '../../files/secrets.js';
import type { ProxyConfig } from '../../settings/config.js';
import type { MeshbarPaths } from '../../settings/paths.js';
import { CHECK_NAMES, type Finding } from '../../shared/doctor.js';
import { MeshbarError } from '../../shared/errors.js';
import type { AppEngine } from '../engine/app-engine.js';
import type { Push } from '../ipc/push.js';
import type { Requests } from '../ipc/requests.js';

export interface CheckRequestsOptions {
  readonly requests: Requests;
  readonly version: string;
  readonly engine: AppEngine;
  readonly paths: MeshbarPaths;
  readonly config: () => ProxyConfig;
  readonly ledgerCheckWorker: string;
  readonly copyText: (text: string) => void;
  readonly push: Push<WebContents>;
}

/** The demo has a proxy and a folder of its own: those of this machine are looked at, and its port belongs to the demo. */
const IN_DEMO = CHECK_NAMES.filter((name) => name !== 'port' && name !== 'loopback');

/** Runs the doctor for a window that shows it. One that begins again, leaves or closes calls off what is under way. */
export function registerCheckRequests(options: CheckRequestsOptions): void {
  const { requests, engine, push } = options;
  const underWay = new Map<number, AbortController>();
  let last: readonly Found[] | undefined;

  function contextNow(): DoctorContext {
    const { version, paths, config, ledgerCheckWorker } = options;
    return {
      version,
      nodeVersion: process.versions.node,
      config: config(),
      paths,
      env: process.env,
      isShell: false,
      homedir: os.homedir(),
      cwd: os.homedir(),
      platform: process.platform,
      ledgerCheckWorker,
    };
  }

  function stop({ id }: WebContents): void {
    underWay.get(id)?.abort();
    underWay.delete(id);
  }

  requests.handle('check:run', async (_input, sender) => {
    stop(sender);
    const own = new AbortController();
    underWay.set(sender.id, own);
    const onGone = () => own.abort();
    sender.once('destroyed', onGone);
    const found = await runDoctor(contextNow(), {
      signal: own.signal,
      ...(engine.isDemo ? { only: IN_DEMO } : {}),
      onFinding: (finding) => {
        if (!own.signal.aborted) push(sender, 'push:finding', shown(finding));
      },
    });
    sender.off('destroyed', onGone);
    if (own.signal.aborted) return undefined;
    underWay.delete(sender.id);
    last = found;
    return found.map(shown);
  });
  requests.handle('check:stop', (_input, sender) => stop(sender));
  requests.handle('check:copy-report', async () => {
    if (!last) throw new MeshbarError('invalid_option', { why: 'nothing_checked' });
    options.copyText(await createReport(last, contextNow(), Date.now()));
  });
}

/** In words, without any secret: its id and status stay, whatever looks like them. */
function shown(found: Found): Finding {
  const { id, status, title, meaning, remedy, details } = findingText(found, 'app');
  return {
    id,
    status,
    title: redact(title),
    ...(meaning === undefined ? {} : { meaning: redact(meaning) }),
    ...(remedy === undefined
      ? {}
      : {
          remedy: {
            text: redact(remedy.text),
            ...(remedy.command === undefined ? {} : { command: redact(remedy.command) }),
          },
        }),
    details: details.map(redact),
  };
}
