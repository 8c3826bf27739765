import { ViewTitle } from '../../components/Section.js';

export function ConnectView() {
  return <ViewTitle title="Connect" />;
}
