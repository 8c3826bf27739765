import { ViewTitle } from '../../components/Section.js';

export function UsageView() {
  return <ViewTitle title="Usage" />;
}
