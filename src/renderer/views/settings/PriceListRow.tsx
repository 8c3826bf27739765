import { formatMoment } from '../../../words/format.js';
import { t } from '../../../words/index.js';
import { Button } from '../../components/Button.js';
import { ErrorText } from '../../components/ErrorText.js';
import { useAction } from '../../store/use-action.js';
import { useAnswer } from '../../store/use-answer.js';
import { useStore } from '../../store/use-store.js';
import { SettingRow } from './SettingRow.js';
import styles from './settings.module.css';

/** Whether the price list is fetched, which one is in use, and what it could price that had no price. */
export function PriceListRow() {
  const version = useStore((state) => state.app?.prices.version);
  const fetchedAt = useStore((state) => state.app?.prices.fetchedAt);
  const hint =
    fetchedAt === undefined
      ? t('settings.updatePrices.bundled', { version: version ?? '' })
      : t('settings.updatePrices.fetched', { version: version ?? '', moment: formatMoment(fetchedAt) });
  return (
    <>
      <SettingRow name="updatePrices" hint={hint} />
      {/* Another list may know other models. */}
      <Reprice key={version} />
    </>
  );
}

function Reprice() {
  const { value, reload } = useAnswer('prices:priceable', undefined);
  const { busy, error, run } = useAction();
  if (!value) return null;
  const reprice = async () => {
    await run('prices:reprice', undefined);
    reload();
  };
  return (
    <div className={styles.line}>
      <p className={styles.hint}>{t('settings.updatePrices.knowsMore')}</p>
      <Button disabled={busy} onClick={() => void reprice()}>
        {t('settings.updatePrices.reprice', { count: value })}
      </Button>
      <ErrorText error={error} />
    </div>
  );
}
