import { t } from '../../../words/index.js';
import { ViewTitle } from '../../components/Section.js';
import { useStore } from '../../store/use-store.js';
import page from '../../styles/page.module.css';
import { AccountSection } from '../session/AccountSection.js';
import { AboutSection } from './AboutSection.js';
import { AdvancedSection } from './AdvancedSection.js';
import { AppSection } from './AppSection.js';
import { BudgetsSection } from './budgets/BudgetsSection.js';
import { CheckSection } from './CheckSection.js';
import { KeySection } from './KeySection.js';
import { KeysSection } from './keys/KeysSection.js';
import { NotificationsSection } from './NotificationsSection.js';
import { ProxySection } from './ProxySection.js';

/** Everything that a person can set, in the order in which it is looked for. */
export function SettingsView() {
  const settings = useStore((state) => state.app?.settings);
  if (!settings) return null;
  return (
    <div className={page.page}>
      <ViewTitle title={t('app.settings.title')} />
      <AccountSection />
      <ProxySection settings={settings} />
      <KeySection insecure={settings.insecure} />
      <KeysSection />
      <BudgetsSection />
      <AppSection settings={settings} />
      <NotificationsSection />
      <AdvancedSection settings={settings} />
      <CheckSection />
      <AboutSection />
    </div>
  );
}
