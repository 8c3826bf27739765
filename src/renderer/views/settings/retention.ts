import { t } from '../../../words/index.js';

const USUAL = [7, 30, 90, 365] as const;

/**
 * How long single requests may be kept, as choices whose values are days or "null" for ever. `current` is among them,
 * though somebody may have written another number into the file. Pure.
 */
export function retentionChoices(current: number | null): readonly { value: string; label: string }[] {
  const days = new Set<number>(USUAL);
  if (current !== null) days.add(current);
  const limited = [...days].sort((a, b) => a - b).map((count) => ({ value: String(count), label: labelOf(count) }));
  return [...limited, { value: 'null', label: t('settings.retentionDays.always') }];
}

function labelOf(days: number): string {
  return days === 365 ? t('settings.retentionDays.year') : t('settings.retentionDays.days', { count: days });
}
