import { ViewTitle } from '../../components/Section.js';

export function RequestsView() {
  return <ViewTitle title="Requests" />;
}
