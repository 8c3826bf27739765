import type { Part } from '../../../shared/ipc.js';
import { t } from '../../../words/index.js';
import { ChevronDownIcon, CloseIcon } from '../../components/icons.js';
import { Menu } from '../../components/Menu.js';
import { Name } from '../../components/Name.js';
import { Segmented } from '../../components/Segmented.js';
import { store, useStore } from '../../store/use-store.js';
import styles from './Controls.module.css';
import { METRICS, type Stretch } from './chart-data.js';
import { shortStretchWords } from './time-words.js';
import { type Choices, PARTS, PERIOD_CHOICES } from './use-choices.js';

const periodOptions = () =>
  PERIOD_CHOICES.map((value) => ({
    value,
    label: t(`app.usage.period.${value}`),
    spoken: t(`app.usage.spoken.${value}`),
  }));
const metricOptions = () => METRICS.map((value) => ({ value, label: t(`app.usage.metric.${value}`) }));
const partOption = (value: Part) => ({
  value,
  label: t(`app.usage.part.${value}`),
  spoken: t(`app.usage.by.${value}`),
});
/** More don't fit side by side in the popover. */
const SIDE_BY_SIDE = 2;

interface ControlsProps {
  readonly choices: Choices;
  readonly onChange: (changes: Partial<Choices>) => void;
}

interface ChartControlsProps extends ControlsProps {
  /** What there is to group by. */
  readonly parts: readonly Part[];
}

/** What the bars show. */
export function ChartControls({ choices, onChange, parts }: ChartControlsProps) {
  const offered = PARTS.filter((part) => parts.includes(part) || part === choices.by).map(partOption);
  return (
    <div className={styles.line}>
      <Segmented
        label={t('app.usage.show')}
        options={metricOptions()}
        value={choices.metric}
        onChange={(metric) => onChange({ metric })}
      />
      {offered.length > SIDE_BY_SIDE ? (
        <PartMenu offered={offered} value={choices.by} onChange={(by) => onChange({ by })} />
      ) : (
        <Segmented
          label={t('app.usage.groupBy')}
          options={offered}
          value={choices.by}
          onChange={(by) => onChange({ by })}
        />
      )}
    </div>
  );
}

interface PartMenuProps {
  readonly offered: readonly ReturnType<typeof partOption>[];
  readonly value: Part;
  readonly onChange: (part: Part) => void;
}

function PartMenu({ offered, value, onChange }: PartMenuProps) {
  const chosen = partOption(value);
  return (
    <Menu
      label={t('app.usage.groupedBy', { what: chosen.label })}
      className={styles.part}
      align="end"
      items={offered.map((option) => ({ id: option.value, label: option.spoken, checked: option.value === value }))}
      onChoose={(id) => onChange(id as Part)}
    >
      {chosen.spoken}
      <ChevronDownIcon />
    </Menu>
  );
}

interface PeriodControlsProps extends ControlsProps {
  readonly stretch: Stretch | undefined;
  readonly onStretch: (stretch: Stretch | undefined) => void;
}

/** The period, below the bars as their axis is; and what is filtered by, each removed with a press. */
export function PeriodControls({ choices, onChange, stretch, onStretch }: PeriodControlsProps) {
  const { model, tool } = useStore((state) => state.filter);
  return (
    <div className={styles.line}>
      <Segmented
        label={t('app.usage.period')}
        options={periodOptions()}
        value={choices.period}
        onChange={(period) => onChange({ period })}
      />
      <div className={styles.chips}>
        {stretch && (
          <Chip label={t('app.usage.wholePeriod')} onRemove={() => onStretch(undefined)}>
            {shortStretchWords(stretch)}
          </Chip>
        )}
        {model !== undefined && (
          <Chip
            label={t('app.usage.allModels')}
            onRemove={() => store.setFilter({ ...store.state.filter, model: undefined })}
          >
            {model}
          </Chip>
        )}
        {tool !== undefined && (
          <Chip
            label={t('app.usage.allTools')}
            onRemove={() => store.setFilter({ ...store.state.filter, tool: undefined })}
          >
            {tool}
          </Chip>
        )}
      </div>
    </div>
  );
}

function Chip({ label, onRemove, children }: { label: string; onRemove: () => void; children: string }) {
  return (
    <button
      type="button"
      className={styles.chip}
      title={t('app.usage.removeFilter', { filter: children, action: label })}
      aria-label={t('app.usage.removeFilter', { filter: children, action: label })}
      onClick={onRemove}
    >
      <Name className={styles.text}>{children}</Name>
      <CloseIcon />
    </button>
  );
}
