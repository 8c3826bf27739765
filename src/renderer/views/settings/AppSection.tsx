import { SHELL_NAMES, SHELLS } from '../../../shared/env-block.js';
import type { Settings } from '../../../shared/settings.js';
import { Section } from '../../components/Section.js';
import { useStore } from '../../store/use-store.js';
import { PriceListRow } from './PriceListRow.js';
import { retentionChoices } from './retention.js';
import { SelectRow, SwitchRow } from './SettingRows.js';
import { ShortcutRow } from './ShortcutRow.js';

const THEMES = [
  { value: 'system', label: 'As the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
] as const;
const CURRENCY_FORMATS = [
  { value: 'precise', label: '$0.041' },
  { value: 'cents', label: '$0.04' },
] as const;
const TRAY_TEXTS = [
  { value: 'nothing', label: 'Nothing' },
  { value: 'cost', label: 'Today’s cost' },
  { value: 'requests', label: 'Today’s requests' },
  { value: 'tokens', label: 'Today’s tokens' },
] as const;
const SHELL_CHOICES = SHELLS.map((shell) => ({ value: shell, label: SHELL_NAMES[shell] }));

export function AppSection({ settings }: { settings: Settings }) {
  const isMac = useStore((state) => state.app?.platform === 'darwin');
  return (
    <Section title="App">
      <SwitchRow name="launchAtLogin" label="Launch at login" />
      <SwitchRow name="keepOpen" label="Keep open" hint="The popover stays when you click elsewhere." />
      <ShortcutRow shortcut={settings.shortcut} />
      <SelectRow
        label="Default shell"
        hint="For Copy env, here and in the menu."
        options={SHELL_CHOICES}
        value={settings.defaultShell}
        change={(defaultShell) => ({ defaultShell })}
      />
      <SelectRow label="Theme" options={THEMES} value={settings.theme} change={(theme) => ({ theme })} />
      <SelectRow
        label="Small sums"
        options={CURRENCY_FORMATS}
        value={settings.currencyFormat}
        change={(currencyFormat) => ({ currencyFormat })}
      />
      <SelectRow
        label={isMac ? 'Beside the icon' : 'First in the icon’s tooltip'}
        options={TRAY_TEXTS}
        value={settings.trayText}
        change={(trayText) => ({ trayText })}
      />
      <SelectRow
        label="Keep single requests"
        hint="Sums by day stay."
        options={retentionChoices(settings.retentionDays)}
        value={String(settings.retentionDays)}
        change={(days) => ({ retentionDays: days === 'null' ? null : Number(days) })}
      />
      <PriceListRow />
    </Section>
  );
}
