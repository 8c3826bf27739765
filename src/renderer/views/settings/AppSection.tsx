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
  const isMac = useStore((state) => state.app?.platform === 'darwin');
  return (
    <Section title={t('app.settings.app')}>
      <SettingRows
        section="app"
        special={{
          shortcut: <ShortcutRow shortcut={settings.shortcut} />,
          ...(isMac ? { trayText: <SettingRow name="trayText" label={t('settings.trayText.labelMac')} /> } : {}),
          retentionDays: <RetentionRow days={settings.retentionDays} />,
          updatePrices: <PriceListRow />,
        }}
      />
    </Section>
  );
}
