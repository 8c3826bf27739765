import { ViewTitle } from '../../components/Section.js';

export function SettingsView() {
  return <ViewTitle title="Settings" />;
}
