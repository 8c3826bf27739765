import { Section } from '../../components/Section.js';
import { SwitchRow } from './SettingRows.js';

export function NotificationsSection() {
  return (
    <Section title="Notify me when">
      <SwitchRow name="notifyStopped" label="the proxy stops unexpectedly" />
      <SwitchRow name="notifySession" label="the session has ended" />
      <SwitchRow name="notifyBudget" label="a budget reaches 50, 80 or 100 %" />
    </Section>
  );
}
