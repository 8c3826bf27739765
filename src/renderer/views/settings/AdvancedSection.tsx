import { proxyUrl } from '../../../shared/proxy-url.js';
import type { Settings } from '../../../shared/settings.js';
import { Section } from '../../components/Section.js';
import { useAction } from '../../store/use-action.js';
import { useStore } from '../../store/use-store.js';
import { collectorProblem } from './address-problems.js';
import { SwitchRow } from './SettingRows.js';
import { TextRow } from './TextRow.js';

/** For dashboards, and for who looks at MeshAgent's side of the usage. Each starts the proxy again. */
export function AdvancedSection({ settings }: { settings: Settings }) {
  const proxy = useStore((state) => state.app?.proxy);
  const { run } = useAction();
  const url = proxy?.status === 'running' ? proxy.url : proxyUrl(settings.host, settings.port);

  async function change(otlpUrl: string): Promise<string | undefined> {
    const answer = await run('settings:change', { otlpUrl });
    return answer.ok ? undefined : answer.error.message;
  }

  return (
    <Section title="Advanced">
      <SwitchRow
        name="annotateTool"
        label="Tell MeshAgent the tool"
        hint="Its own usage can then be told apart by tool. Restarts the proxy."
      />
      <SwitchRow
        name="settle"
        label="Settle what was cut"
        hint="Labels each request, and asks MeshAgent what cut ones cost. Restarts the proxy."
      />
      <SwitchRow
        name="metrics"
        label="Metrics for Prometheus"
        hint={settings.metrics ? `${url}/metrics, with the local key as bearer token.` : 'Restarts the proxy.'}
      />
      <TextRow
        label="OpenTelemetry collector"
        hint="Metrics and spans go there, never prompts or answers. Empty: nowhere."
        stacked
        value={settings.otlpUrl}
        problemOf={collectorProblem}
        onApply={change}
      />
    </Section>
  );
}
