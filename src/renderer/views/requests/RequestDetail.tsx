import { useEffect, useRef } from 'react';
import { PROVIDERS } from '../../../shared/providers.js';
import type { ActiveExchange, PricedExchange } from '../../../shared/usage.js';
import { formatDuration, UNKNOWN } from '../../../words/format.js';
import { t } from '../../../words/index.js';
import { IconButton } from '../../components/Button.js';
import { CopyButton } from '../../components/CopyButton.js';
import { ChevronDownIcon, ChevronLeftIcon } from '../../components/icons.js';
import { Name } from '../../components/Name.js';
import { store } from '../../store/use-store.js';
import styles from './RequestDetail.module.css';
import { type FieldGroup, fieldsOf, formatExactMoment, formatExactUsd } from './record-fields.js';

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
      aria-label={t('app.requests.detail')}
      className={styles.detail}
      onKeyDown={(event) => {
        const step = { Escape: onClose, ArrowLeft: onNewer, ArrowRight: onOlder }[event.key];
        if (!step) return;
        event.preventDefault();
        step();
      }}
    >
      <div className={styles.head}>
        <IconButton label={t('app.requests.back')} onClick={onClose} ref={back}>
          <ChevronLeftIcon />
        </IconButton>
        <h2 className={styles.title}>
          <Name>{exchange.tool}</Name>
        </h2>
        <IconButton label={t('app.requests.newer')} className={styles.newer} disabled={!onNewer} onClick={onNewer}>
          <ChevronDownIcon />
        </IconButton>
        <IconButton label={t('app.requests.older')} disabled={!onOlder} onClick={onOlder}>
          <ChevronDownIcon />
        </IconButton>
        <CopyButton label={t('app.requests.copyJson')} text={t('app.requests.json')} onCopy={copyJson} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <div className={styles.body} ref={body} tabIndex={0}>
        {groupsOf(exchange).map((group) => (
          <section key={group.title} aria-label={group.title}>
            <h3 className={styles.groupTitle}>{group.title}</h3>
            <dl className={styles.fields}>
              {group.fields.map((field) => (
                <div key={field.label + field.value} className={styles.field}>
                  <dt
                    className={`${field.of ? styles.of : ''} ${field.code && group.isRaw ? styles.code : ''}`}
                    translate={group.isRaw ? 'no' : undefined}
                  >
                    {field.label}
                  </dt>
                  <dd
                    className={`selectable ${field.code ? styles.code : ''}`}
                    translate={field.code ? 'no' : undefined}
                  >
                    {field.value}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
        <p className={styles.note}>{t('app.requests.noPrompts')}</p>
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
      title: t('app.requests.group.active'),
      fields: [
        {
          label: t('app.requests.field.state'),
          value: t(timeToFirstChunkMs === undefined ? 'app.requests.waitingForAnswer' : 'app.requests.answering'),
        },
        { label: t('app.requests.field.tool'), value: exchange.tool },
        { label: t('app.requests.field.provider'), value: PROVIDERS[exchange.providerName].title },
        { label: t('app.requests.field.model'), value: model ?? UNKNOWN, code: true },
        { label: t('app.requests.field.path'), value: `${method} ${path}`, code: true },
        { label: t('app.requests.field.transport'), value: transport === 'websocket' ? 'WebSocket' : 'HTTP' },
        { label: t('app.requests.field.started'), value: formatExactMoment(startedAt) },
        { label: t('app.requests.field.firstChunk'), value: formatDuration(timeToFirstChunkMs) },
        { label: t('app.requests.field.id'), value: id, code: true },
      ],
    },
  ];
}
