import { t } from '../../../words/index.js';
import { CopyButton } from '../../components/CopyButton.js';
import { copyText } from '../../store/actions.js';

/** For a browser that did not open: the link to sign in. */
export function CopyLink({ url }: { url: string }) {
  return (
    <CopyButton text={t('app.account.copyLink')} label={t('app.account.copySignInLink')} onCopy={() => copyText(url)} />
  );
}
