import type { Settings } from '../../../settings/app-settings.js';
import { proxyUrl } from '../../../shared/proxy-url.js';
import { t } from '../../../words/index.js';
import { Section } from '../../components/Section.js';
import { useStore } from '../../store/use-store.js';
import { SettingRow } from './SettingRow.js';
import { SettingRows } from './SettingRows.js';

/** For dashboards, and for who looks at MeshAgent's side of the usage. Each starts the proxy again. */
export function AdvancedSection({ settings }: { settings: Settings }) {
  const proxy = useStore((state) => state.app?.proxy);
  const url = proxy?.status === 'running' ? proxy.url : proxyUrl(settings.host, settings.port);
  return (
    <Section title={t('app.settings.advanced')}>
      <SettingRows
        section="advanced"
        special={
          settings.metrics
            ? { metrics: <SettingRow name="metrics" hint={t('settings.metrics.address', { url })} /> }
            : {}
        }
      />
    </Section>
  );
}
