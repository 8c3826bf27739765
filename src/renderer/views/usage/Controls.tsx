import type { Part, Period } from '../../../shared/ipc.js';
import { ChevronDownIcon, CloseIcon } from '../../components/icons.js';
import { Menu } from '../../components/Menu.js';
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
const BY_OPTIONS: readonly { value: Part; label: string; spoken: string }[] = [
  { value: 'model', label: 'Model', spoken: 'By model' },
  { value: 'tool', label: 'Tool', spoken: 'By tool' },
  { value: 'key', label: 'Key', spoken: 'By key' },
  { value: 'project', label: 'Project', spoken: 'By project' },
];
/** More do not stand side by side in the popover. */
const SIDE_BY_SIDE = 2;

interface ControlsProps {
  readonly choices: Choices;
  readonly onChange: (changes: Partial<Choices>) => void;
}

interface ChartControlsProps extends ControlsProps {
  /** What there is to part by. */
  readonly parts: readonly Part[];
}

/** What the bars show. */
export function ChartControls({ choices, onChange, parts }: ChartControlsProps) {
  const offered = BY_OPTIONS.filter(({ value }) => parts.includes(value) || value === choices.by);
  return (
    <div className={styles.line}>
      <Segmented
        label="Show"
        options={METRIC_OPTIONS}
        value={choices.metric}
        onChange={(metric) => onChange({ metric })}
      />
      {offered.length > SIDE_BY_SIDE ? (
        <PartMenu offered={offered} value={choices.by} onChange={(by) => onChange({ by })} />
      ) : (
        <Segmented label="Part by" options={offered} value={choices.by} onChange={(by) => onChange({ by })} />
      )}
    </div>
  );
}

interface PartMenuProps {
  readonly offered: typeof BY_OPTIONS;
  readonly value: Part;
  readonly onChange: (part: Part) => void;
}

function PartMenu({ offered, value, onChange }: PartMenuProps) {
  const chosen = BY_OPTIONS.find((option) => option.value === value);
  return (
    <Menu
      label={`Part by: ${chosen?.label}`}
      className={styles.part}
      align="end"
      items={offered.map((option) => ({ id: option.value, label: option.spoken, checked: option.value === value }))}
      onChoose={(id) => onChange(id as Part)}
    >
      {chosen?.spoken}
      <ChevronDownIcon />
    </Menu>
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
