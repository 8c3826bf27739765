import { type Icon, iconOf } from '../../shared/app-status.js';
import type { UsageTotals } from '../../shared/usage.js';
import { statusReason, statusTitle } from '../../words/format-status.js';
import { costText, tokensText } from '../../words/format-totals.js';
import { t } from '../../words/index.js';
import type { SharedState } from '../state/app-state.js';

/** What the tray shows. */
export interface TrayFace {
  readonly icon: Icon;
  /** A few lines. */
  readonly tooltip: string;
  /** Beside the icon, where the system shows text there; empty: nothing. */
  readonly title: string;
}

type Situation = Pick<SharedState, 'status' | 'proxy' | 'demo' | 'settings' | 'platform'>;

/** Windows shows no more of a tooltip (NOTIFYICONDATA.szTip, its closing zero not counted). */
const WINDOWS_TOOLTIP = 127;

/** `today`: since midnight; undefined while it is not known yet. Pure. */
export function trayFace(situation: Situation, today: UsageTotals | undefined): TrayFace {
  const { status, proxy, demo, settings, platform } = situation;
  const cost = today && costText(today, { cents: settings.currencyFormat === 'cents' });
  const figure = figureText(settings.trayText, today, cost);
  const reason = statusReason(status);
  const lines = [
    t(demo ? 'app.status.tooltip.demo' : 'app.status.tooltip', { title: statusTitle(status) }),
    ...(reason ? [reason] : []),
    ...(proxy.status === 'running' ? [proxy.url] : []),
    ...(cost === undefined ? [] : [`Today: ${cost}`]),
  ];
  // Where no text stands beside the icon, the figure that a person chose comes first.
  if (platform !== 'darwin' && figure && settings.trayText !== 'cost') lines.unshift(`${figure} today`);
  const tooltip = lines.join('\n');
  return {
    icon: iconOf(status),
    tooltip: platform === 'win32' ? cut(tooltip, WINDOWS_TOOLTIP) : tooltip,
    title: platform === 'darwin' ? figure : '',
  };
}

function figureText(
  which: Situation['settings']['trayText'],
  today: UsageTotals | undefined,
  cost: string | undefined,
): string {
  if (which === 'nothing' || !today) return '';
  if (which === 'cost') return cost ?? '';
  if (which === 'requests') return `${today.exchanges} ${today.exchanges === 1 ? 'request' : 'requests'}`;
  return `${tokensText(today, today.inputTokens + today.outputTokens)} tokens`;
}

function cut(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}
