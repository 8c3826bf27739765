import { t } from '../../../words/index.js';
import { Section } from '../../components/Section.js';
import { SettingRows } from './SettingRows.js';

export function NotificationsSection() {
  return (
    <Section title={t('app.settings.notifications')}>
      <SettingRows section="notifications" />
    </Section>
  );
}
