import type { Settings } from '../../../settings/app-settings.js';
import { t } from '../../../words/index.js';
import { Section } from '../../components/Section.js';
import { useStore } from '../../store/use-store.js';
import { PriceListRow } from './PriceListRow.js';
import { RetentionRow } from './RetentionRow.js';
import { SettingRow } from './SettingRow.js';
import { SettingRows } from './SettingRows.js';
import { ShortcutRow } from './ShortcutRow.js';

export function AppSection({ settings }: { settings: Settings }) {
  const platform = useStore((state) => state.app?.platform);
  return (
    <Section title={t('app.settings.app')}>
      <SettingRows
        section="app"
        special={{
          shortcut: <ShortcutRow shortcut={settings.shortcut} />,
          ...(settings.trayClick === 'toggle' ? { trayClick: <TrayClickRow isLinux={platform === 'linux'} /> } : {}),
          ...(platform === 'darwin'
            ? { trayText: <SettingRow name="trayText" label={t('settings.trayText.labelMac')} /> }
            : {}),
          retentionDays: <RetentionRow days={settings.retentionDays} />,
          updatePrices: <PriceListRow />,
        }}
      />
    </Section>
  );
}

/** Where a click toggles the proxy: what opens Meshbar then. On Linux a right click is the system's, for the menu. */
function TrayClickRow({ isLinux }: { isLinux: boolean }) {
  return (
    <SettingRow name="trayClick" hint={t(isLinux ? 'settings.trayClick.fromMenu' : 'settings.trayClick.rightClick')} />
  );
}
