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
  const reason = statusReason(status);
  const lines = [
    t(demo ? 'app.status.tooltip.demo' : 'app.status.tooltip', { title: statusTitle(status) }),
    ...(reason ? [reason] : []),
    ...(proxy.status === 'running' ? [proxy.url] : []),
    ...(cost === undefined ? [] : [t('app.menu.tooltip.today', { cost })]),
  ];
  // Where there is no text beside the icon, the figure that a person chose comes first.
  const figure = platform === 'darwin' ? undefined : tooltipFigure(settings.trayText, today);
  if (figure !== undefined) lines.unshift(figure);
  const tooltip = lines.join('\n');
  return {
    icon: iconOf(status),
    tooltip: platform === 'win32' ? cut(tooltip, WINDOWS_TOOLTIP) : tooltip,
    title: platform === 'darwin' ? titleFigure(settings.trayText, today, cost) : '',
  };
}

type Chosen = Situation['settings']['trayText'];

function titleFigure(which: Chosen, today: UsageTotals | undefined, cost: string | undefined): string {
  if (which === 'nothing' || !today) return '';
  if (which === 'cost') return cost ?? '';
  if (which === 'requests') return t('app.menu.title.requests', { count: today.exchanges });
  return t('app.menu.title.tokens', { tokens: tokensText(today, today.inputTokens + today.outputTokens) });
}

/** The cost has a line of its own. */
function tooltipFigure(which: Chosen, today: UsageTotals | undefined): string | undefined {
  if (which === 'nothing' || which === 'cost' || !today) return undefined;
  if (which === 'requests') return t('app.menu.tooltip.requests', { count: today.exchanges });
  return t('app.menu.tooltip.tokens', { tokens: tokensText(today, today.inputTokens + today.outputTokens) });
}

function cut(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}
