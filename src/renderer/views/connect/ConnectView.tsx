import { t } from '../../../words/index.js';
import { ViewTitle } from '../../components/Section.js';
import page from '../../styles/page.module.css';
import { AddressSection } from './AddressSection.js';
import { EnvSection } from './EnvSection.js';
import { FirstRequest } from './FirstRequest.js';
import { NotRunning } from './NotRunning.js';
import { RareSection } from './RareSection.js';
import { SnippetsSection } from './SnippetsSection.js';
import { ToolsSection } from './ToolsSection.js';

/** All that points a tool at the proxy, and whether it worked. */
export function ConnectView() {
  return (
    <>
      <FirstRequest />
      <div className={page.page}>
        <ViewTitle title={t('app.connect.title')} />
        <NotRunning />
        <ToolsSection />
        <EnvSection />
        <AddressSection />
        <RareSection />
        <SnippetsSection />
      </div>
    </>
  );
}
