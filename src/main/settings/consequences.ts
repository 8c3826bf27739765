import type { Settings } from '../../shared/settings.js';

export interface Circumstances {
  readonly isRunning: boolean;
  /** Exchanges in flight. */
  readonly active: number;
  readonly drainMs: number;
  /** Tools seen lately, by name. */
  readonly tools: readonly string[];
}

/** Whether the proxy must be started again for the change to hold. */
export function needsRestart(before: Settings, after: Settings): boolean {
  return (
    before.port !== after.port ||
    before.host !== after.host ||
    before.insecure !== after.insecure ||
    before.allowInsecureExposure !== after.allowInsecureExposure ||
    before.annotateTool !== after.annotateTool ||
    before.settle !== after.settle ||
    before.metrics !== after.metrics ||
    before.otlpUrl !== after.otlpUrl
  );
}

/** What a person must do or know after a change, a sentence each. Pure. */
export function consequencesOf(before: Settings, after: Settings, now: Circumstances): string[] {
  const told: string[] = [];
  const newAddress = before.port !== after.port || before.host !== after.host;
  const keyIsAsked = before.insecure && !after.insecure;
  if (now.isRunning && needsRestart(before, after)) {
    told.push(`The proxy starts again${now.active > 0 ? `, after what is in flight: ${inFlight(now)}` : ''}.`);
  }
  if (newAddress || keyIsAsked) {
    const what = newAddress && keyIsAsked ? 'address and key' : newAddress ? 'address' : 'key';
    told.push(whoMustBeTold(what, now.tools));
  }
  if (!before.insecure && after.insecure) {
    told.push('Every program that reaches the proxy may spend your money now.');
  }
  return told;
}

/** What a person must do after the local key was replaced, a sentence each. Pure. */
export function consequencesOfNewKey(tools: readonly string[]): string[] {
  return ['The old key is refused from now on.', whoMustBeTold('key', tools)];
}

function whoMustBeTold(what: string, tools: readonly string[]): string {
  return tools.length > 0
    ? `Give the new ${what} to: ${tools.join(', ')}.`
    : `Tools that you pointed at the proxy need the new ${what}.`;
}

function inFlight({ active, drainMs }: Circumstances): string {
  return `${active} ${active === 1 ? 'request has' : 'requests have'} ${Math.round(drainMs / 1000)} s to end`;
}
