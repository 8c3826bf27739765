import { needsRestart, type Settings } from '../../settings/app-settings.js';
import { t } from '../../words/index.js';

export interface RestartCircumstances {
  readonly isRunning: boolean;
  /** Exchanges in flight. */
  readonly active: number;
  readonly drainSeconds: number;
  /** Tools seen lately, by name. */
  readonly tools: readonly string[];
}

/** What a person must do or know after a change, a sentence each. Pure. */
export function consequencesOf(before: Settings, after: Settings, now: RestartCircumstances): string[] {
  const texts: string[] = [];
  const isNewAddress = before.port !== after.port || before.host !== after.host;
  const isKeyAsked = before.insecure && !after.insecure;
  if (now.isRunning && needsRestart(before, after)) texts.push(restartText(now));
  if (isNewAddress && isKeyAsked) texts.push(toTools(now.tools, 'addressAndKey'));
  else if (isNewAddress) texts.push(toTools(now.tools, 'address'));
  else if (isKeyAsked) texts.push(toTools(now.tools, 'key'));
  if (!before.insecure && after.insecure) texts.push(t('settings.change.insecure'));
  return texts;
}

/** What a person must do after the local key was replaced, a sentence each. Pure. */
export function consequencesOfNewKey(tools: readonly string[]): string[] {
  return [t('settings.change.oldKey'), toTools(tools, 'key')];
}

function toTools(tools: readonly string[], what: 'address' | 'key' | 'addressAndKey'): string {
  return tools.length > 0 ? t(`settings.change.${what}For`, { tools: tools.join(', ') }) : t(`settings.change.${what}`);
}

function restartText({ active, drainSeconds }: RestartCircumstances): string {
  if (active === 0) return t('settings.change.restart');
  return t('settings.change.restartAfter', { count: active, seconds: Math.round(drainSeconds) });
}
