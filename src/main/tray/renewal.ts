import { watchForTrayHost } from './host-watch.js';
import type { TrayIcon } from './icon.js';

/** After waking up, the program that shows trays needs a moment too. */
const SETTLE_MS = 2000;
/** A panel that has come up says so more than once. */
const HOST_MS = 300;

export interface RenewalOptions {
  readonly icon: Pick<TrayIcon, 'isGone' | 'renew'>;
  /** Whether the system holds icon and menu (Linux), and may lose them without a word. */
  readonly isHeldBySystem: boolean;
  /** Electron's powerMonitor and screen. */
  readonly power: { on(event: 'resume', listener: () => void): unknown };
  readonly screen: { on(event: 'display-added' | 'display-removed', listener: () => void): unknown };
}

/** Panels come and go with sleep and screens, and take the icon along: it is put up again. */
export function registerRenewal({ icon, isHeldBySystem, power, screen }: RenewalOptions): void {
  const renewSoon = () =>
    setTimeout(() => {
      if (isHeldBySystem || icon.isGone) icon.renew();
    }, SETTLE_MS);
  power.on('resume', renewSoon);
  screen.on('display-added', renewSoon);
  screen.on('display-removed', renewSoon);
  if (!isHeldBySystem) return;
  let timer: NodeJS.Timeout | undefined;
  void watchForTrayHost(() => {
    clearTimeout(timer);
    timer = setTimeout(() => icon.renew(), HOST_MS);
  });
}
