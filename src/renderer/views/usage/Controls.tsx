import type { Period } from '../../../shared/ipc.js';
import { CloseIcon } from '../../components/icons.js';
import { Segmented } from '../../components/Segmented.js';
import { store, useStore } from '../../store/use-store.js';
import styles from './Controls.module.css';
import type { Metric, Stretch } from './chart-data.js';
import { shortStretchWords } from './time-words.js';
import type { Choices } from './use-choices.js';

const PERIOD_OPTIONS: readonly { value: Period; label: string; spoken: string }[] = [
  { value: 'session', label: 'Session', spoken: 'Session: since the proxy was started' },
  { value: '24h', label: '24 h', spoken: 'Last 24 hours' },
  { value: '7d', label: '7 d', spoken: 'Last 7 days' },
  { value: '30d', label: '30 d', spoken: 'Last 30 days' },
];
const METRIC_OPTIONS: readonly { value: Metric; label: string }[] = [
  { value: 'cost', label: 'Cost' },
  { value: 'tokens', label: 'Tokens' },
  { value: 'requests', label: 'Requests' },
  { value: 'errors', label: 'Errors' },
];
const BY_OPTIONS: readonly { value: Choices['by']; label: string; spoken: string }[] = [
  { value: 'model', label: 'Model', spoken: 'By model' },
  { value: 'tool', label: 'Tool', spoken: 'By tool' },
];

interface ControlsProps {
  readonly choices: Choices;
  readonly onChange: (changes: Partial<Choices>) => void;
}

/** What the bars show. */
export function ChartControls({ choices, onChange }: ControlsProps) {
  return (
    <div className={styles.line}>
      <Segmented
        label="Show"
        options={METRIC_OPTIONS}
        value={choices.metric}
        onChange={(metric) => onChange({ metric })}
      />
      <Segmented label="Part by" options={BY_OPTIONS} value={choices.by} onChange={(by) => onChange({ by })} />
    </div>
  );
}

interface PeriodControlsProps extends ControlsProps {
  readonly stretch: Stretch | undefined;
  readonly onStretch: (stretch: Stretch | undefined) => void;
}

/** The period, below the bars as their axis is; and what is filtered by, each to be taken off with a press. */
export function PeriodControls({ choices, onChange, stretch, onStretch }: PeriodControlsProps) {
  const { model, tool } = useStore((state) => state.filter);
  return (
    <div className={styles.line}>
      <Segmented
        label="Period"
        options={PERIOD_OPTIONS}
        value={choices.period}
        onChange={(period) => onChange({ period })}
      />
      <div className={styles.chips}>
        {stretch && (
          <Chip label="Show the whole period" onRemove={() => onStretch(undefined)}>
            {shortStretchWords(stretch)}
          </Chip>
        )}
        {model !== undefined && (
          <Chip label="Show all models" onRemove={() => store.setFilter({ ...store.state.filter, model: undefined })}>
            {model}
          </Chip>
        )}
        {tool !== undefined && (
          <Chip label="Show all tools" onRemove={() => store.setFilter({ ...store.state.filter, tool: undefined })}>
            {tool}
          </Chip>
        )}
      </div>
    </div>
  );
}

function Chip({ label, onRemove, children }: { label: string; onRemove: () => void; children: string }) {
  return (
    <button type="button" className={styles.chip} title={label} aria-label={`${children}: ${label}`} onClick={onRemove}>
      <span className={styles.text}>{children}</span>
      <CloseIcon />
    </button>
  );
}
