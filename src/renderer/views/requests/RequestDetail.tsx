import { useEffect, useRef } from 'react';
import { PROVIDERS } from '../../../shared/providers.js';
import type { ActiveExchange, PricedExchange } from '../../../shared/usage.js';
import { formatDuration, UNKNOWN } from '../../../words/format.js';
import { IconButton } from '../../components/Button.js';
import { CopyButton } from '../../components/CopyButton.js';
import { ChevronDownIcon, ChevronLeftIcon } from '../../components/icons.js';
import { store } from '../../store/use-store.js';
import styles from './RequestDetail.module.css';
import { type FieldGroup, fieldsOf, formatExactUsd, formatMoment } from './record-fields.js';

interface RequestDetailProps {
  readonly exchange: PricedExchange | ActiveExchange;
  readonly onClose: () => void;
  /** Undefined at the end of the list. */
  readonly onNewer: (() => void) | undefined;
  readonly onOlder: (() => void) | undefined;
}

/** Everything that is known about one request. */
export function RequestDetail({ exchange, onClose, onNewer, onOlder }: RequestDetailProps) {
  const back = useRef<HTMLButtonElement>(null);
  const body = useRef<HTMLDivElement>(null);
  useEffect(() => back.current?.focus(), []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each request begins at its top
  useEffect(() => body.current?.scrollTo(0, 0), [exchange.id]);

  async function copyJson(): Promise<boolean> {
    const answer = await store.ask('text:copy', { text: `${JSON.stringify(exchange, undefined, 2)}\n` });
    return answer.ok;
  }

  return (
    <section
      aria-label="Request"
      className={styles.detail}
      onKeyDown={(event) => {
        const step = { Escape: onClose, ArrowLeft: onNewer, ArrowRight: onOlder }[event.key];
        if (!step) return;
        event.preventDefault();
        step();
      }}
    >
      <div className={styles.head}>
        <IconButton label="Back to the list" onClick={onClose} ref={back}>
          <ChevronLeftIcon />
        </IconButton>
        <h2 className={styles.title}>{exchange.tool}</h2>
        <IconButton label="Newer request" className={styles.newer} disabled={!onNewer} onClick={onNewer}>
          <ChevronDownIcon />
        </IconButton>
        <IconButton label="Older request" disabled={!onOlder} onClick={onOlder}>
          <ChevronDownIcon />
        </IconButton>
        <CopyButton label="Copy as JSON" text="JSON" onCopy={copyJson} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <div className={styles.body} ref={body} tabIndex={0}>
        {groupsOf(exchange).map((group) => (
          <section key={group.title} aria-label={group.title}>
            <h3 className={styles.groupTitle}>{group.title}</h3>
            <dl className={styles.fields}>
              {group.fields.map((field) => (
                <div key={field.label + field.value} className={styles.field}>
                  <dt className={`${field.of ? styles.of : ''} ${field.code && group.isRaw ? styles.code : ''}`}>
                    {field.label}
                  </dt>
                  <dd className={`selectable ${field.code ? styles.code : ''}`}>{field.value}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
        <p className={styles.note}>Prompts and answers are never stored.</p>
      </div>
    </section>
  );
}

function groupsOf(exchange: PricedExchange | ActiveExchange): readonly FieldGroup[] {
  return 'outcome' in exchange ? fieldsOf(exchange, formatExactUsd) : activeFields(exchange);
}

function activeFields(exchange: ActiveExchange): FieldGroup[] {
  const { method, path, model, startedAt, timeToFirstChunkMs, transport, id } = exchange;
  return [
    {
      title: 'Under way',
      fields: [
        { label: 'State', value: timeToFirstChunkMs === undefined ? 'Waiting for the answer' : 'Answering' },
        { label: 'Tool', value: exchange.tool },
        { label: 'Provider', value: PROVIDERS[exchange.providerName].title },
        { label: 'Model', value: model ?? UNKNOWN, code: true },
        { label: 'Method and path', value: `${method} ${path}`, code: true },
        { label: 'Transport', value: transport === 'websocket' ? 'WebSocket' : 'HTTP' },
        { label: 'Started', value: formatMoment(startedAt) },
        { label: 'First chunk after', value: formatDuration(timeToFirstChunkMs) },
        { label: 'Id', value: id, code: true },
      ],
    },
  ];
}
