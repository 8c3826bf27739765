import type { BudgetPeriod } from '../../../shared/budgets.js';
import { t } from '../../../words/index.js';
import { Select, TextField } from '../../components/Field.js';
import styles from './settings.module.css';

interface AmountFieldsProps {
  readonly id: string;
  readonly amount: string;
  readonly period: BudgetPeriod;
  readonly invalid: boolean;
  readonly onAmount: (text: string) => void;
  /** undefined: the period stays as it is. */
  readonly onPeriod: ((period: BudgetPeriod) => void) | undefined;
  readonly placeholder?: string;
}

const PERIODS: readonly BudgetPeriod[] = ['day', 'week', 'month'];

/** So many dollars in such a time. */
export function AmountFields(props: AmountFieldsProps) {
  const { id, amount, period, invalid, onAmount, onPeriod, placeholder } = props;
  return (
    <>
      <span className={styles.unit}>{t('app.budgets.dollars')}</span>
      <TextField
        id={id}
        size={6}
        inputMode="decimal"
        placeholder={placeholder}
        value={amount}
        invalid={invalid}
        aria-describedby={`${id}-hint`}
        onChange={(event) => onAmount(event.target.value)}
      />
      <Select
        aria-label={t('app.budgets.period')}
        options={PERIODS.map((one) => ({ value: one, label: t(`app.budgets.${one}`) }))}
        value={period}
        disabled={!onPeriod}
        onChange={(chosen) => onPeriod?.(chosen)}
      />
    </>
  );
}
