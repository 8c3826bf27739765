import { formatMoment } from '../../../words/format.js';
import { Button } from '../../components/Button.js';
import { ErrorText } from '../../components/ErrorText.js';
import { useAction } from '../../store/use-action.js';
import { useAnswer } from '../../store/use-answer.js';
import { useStore } from '../../store/use-store.js';
import { SwitchRow } from './SettingRows.js';
import styles from './settings.module.css';

/** Whether the price list is fetched, which one is in use, and what it could price that had no price. */
export function PriceListRow() {
  const version = useStore((state) => state.app?.prices.version);
  const fetchedAt = useStore((state) => state.app?.prices.fetchedAt);
  const origin = fetchedAt === undefined ? 'came with Meshbar' : `fetched ${formatMoment(fetchedAt)}`;
  return (
    <>
      <SwitchRow
        name="updatePrices"
        label="Keep the price list up to date"
        hint={`Fetched once a day; nothing is sent. In use: ${version}, ${origin}.`}
      />
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
      <p className={styles.hint}>This list knows models that had no price before.</p>
      <Button disabled={busy} onClick={() => void reprice()}>
        Price {value} unpriced {value === 1 ? 'request' : 'requests'}
      </Button>
      <ErrorText error={error} />
    </div>
  );
}
