import { type KeyboardEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { ActiveExchange, Outcome, PricedExchange } from '../../../shared/usage.js';
import { t } from '../../../words/index.js';
import { meet } from '../../colours/colours.js';
import { Button } from '../../components/Button.js';
import { EmptyState } from '../../components/EmptyState.js';
import { ErrorText } from '../../components/ErrorText.js';
import { Select } from '../../components/Field.js';
import { ViewTitle } from '../../components/Section.js';
import { store, useStore } from '../../store/use-store.js';
import { RequestDetail } from './RequestDetail.js';
import { ActiveRow, EndedRow } from './RequestRow.js';
import styles from './RequestsView.module.css';
import { namesSeen, shownModelOf } from './request-list.js';
import { useRequests } from './use-requests.js';

const ANY = '';
const OUTCOMES: readonly Outcome[] = ['complete', 'failed', 'interrupted'];

/** The last requests, newest first, those under way on top; one of them in full. */
export function RequestsView() {
  const { tool, model } = useStore((state) => state.filter);
  const [outcome, setOutcome] = useState<Outcome>();
  const { active, ended, pending, error } = useRequests({ tool, model, outcome });
  const tools = useNames([...active.map((one) => one.tool), ...ended.map((one) => one.tool)], tool);
  const models = useNames([...active.map((one) => one.model), ...ended.map(shownModelOf)], model);
  const wanted = useStore((state) => state.openExchange);
  const [openId, setOpenId] = useState(wanted?.id);
  const open = useCallback(({ id }: ActiveExchange | PricedExchange) => setOpenId(id), []);
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => setOpenId(wanted?.id), [wanted]);
  meet('model', models);

  const all = useMemo<readonly (ActiveExchange | PricedExchange)[]>(() => [...active, ...ended], [active, ended]);
  const at = all.findIndex(({ id }) => id === openId);
  const opened = useLast(all[at] ?? (wanted?.id === openId ? wanted : undefined), openId);
  const stop = at === -1 ? all[0]?.id : openId;

  function close(): void {
    const id = openId;
    setOpenId(undefined);
    requestAnimationFrame(() => rowOf(list.current, id)?.focus());
  }

  const isFiltered = tool !== undefined || model !== undefined || outcome !== undefined;
  const showAll = () => {
    store.setFilter({});
    setOutcome(undefined);
  };
  return (
    <div className={styles.view} data-open={opened !== undefined || undefined}>
      <div className={styles.list} inert={opened !== undefined && !isWide()}>
        <ViewTitle title={t('app.requests.title')} />
        <fieldset className={styles.filters} aria-label={t('app.requests.filter')}>
          <Select
            aria-label={t('app.requests.tool')}
            value={tool ?? ANY}
            options={choices(t('app.requests.allTools'), tools)}
            onChange={(value) => store.setFilter({ ...store.state.filter, tool: value || undefined })}
          />
          <Select
            aria-label={t('app.requests.model')}
            value={model ?? ANY}
            options={choices(t('app.requests.allModels'), models)}
            onChange={(value) => store.setFilter({ ...store.state.filter, model: value || undefined })}
          />
          <Select
            aria-label={t('app.requests.outcome')}
            value={outcome ?? ANY}
            options={outcomeOptions()}
            onChange={(value) => setOutcome(value || undefined)}
          />
        </fieldset>
        <div className={styles.scroll}>
          <ErrorText error={error} />
          {all.length === 0 && !pending && !error && <Nothing isFiltered={isFiltered} onShowAll={showAll} />}
          <ul aria-label={t('app.requests.title')} ref={list} onKeyDown={(event) => moveFocus(event, list.current)}>
            {active.map((one) => (
              <ActiveRow
                key={one.id}
                exchange={one}
                isStop={one.id === stop}
                isOpen={one.id === openId}
                onOpen={open}
              />
            ))}
            {ended.map((one) => (
              <EndedRow key={one.id} exchange={one} isStop={one.id === stop} isOpen={one.id === openId} onOpen={open} />
            ))}
          </ul>
        </div>
      </div>
      {opened && (
        <div className={styles.sheet}>
          <RequestDetail
            exchange={opened}
            onClose={close}
            onNewer={at > 0 ? () => setOpenId(all[at - 1]?.id) : undefined}
            onOlder={at !== -1 && at < all.length - 1 ? () => setOpenId(all[at + 1]?.id) : undefined}
          />
        </div>
      )}
    </div>
  );
}

function Nothing({ isFiltered, onShowAll }: { isFiltered: boolean; onShowAll: () => void }) {
  if (isFiltered) {
    return (
      <EmptyState
        title={t('app.requests.nothingFits')}
        action={<Button onClick={onShowAll}>{t('app.requests.showAll')}</Button>}
      >
        {t('app.requests.nothingFitsHint')}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title={t('app.requests.none')}
      action={
        <Button kind="primary" onClick={() => store.show('connect')}>
          {t('app.action.connectTool')}
        </Button>
      }
    >
      {t('app.requests.noneHint')}
    </EmptyState>
  );
}

/** All names that were seen while the view is open, so that a choice does not vanish with the last row that had it. */
function useNames(names: readonly (string | undefined)[], chosen: string | undefined): readonly string[] {
  const seen = useRef<readonly string[]>([]);
  seen.current = namesSeen(seen.current, names, chosen);
  return seen.current;
}

/** Between its end and its record a request is in neither list: then it is shown as it was. */
function useLast<T extends { id: string }>(found: T | undefined, id: string | undefined): T | undefined {
  const last = useRef<T>(undefined);
  if (found) last.current = found;
  return last.current?.id === id ? last.current : undefined;
}

function outcomeOptions(): { value: Outcome | ''; label: string }[] {
  return [
    { value: ANY, label: t('app.requests.anyOutcome') },
    ...OUTCOMES.map((value) => ({ value, label: t(`app.requests.${value}`) })),
  ];
}

function choices(all: string, names: readonly string[]): { value: string; label: string }[] {
  return [{ value: ANY, label: all }, ...names.map((name) => ({ value: name, label: name }))];
}

function rowOf(list: HTMLElement | null, id: string | undefined): HTMLElement | undefined {
  return rowsOf(list).find((row) => row.dataset.request === id);
}

function rowsOf(list: HTMLElement | null): HTMLElement[] {
  return [...(list?.querySelectorAll<HTMLElement>('[data-request]') ?? [])];
}

function moveFocus(event: KeyboardEvent, list: HTMLElement | null): void {
  const rows = rowsOf(list);
  const at = rows.indexOf(document.activeElement as HTMLElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1, PageDown: at + 8, PageUp: at - 8 }[
    event.key
  ];
  if (to === undefined) return;
  event.preventDefault();
  rows[Math.max(0, Math.min(to, rows.length - 1))]?.focus();
}

/** As in the style sheet: there is room for the list and the request side by side. */
function isWide(): boolean {
  return window.matchMedia('(min-width: 760px)').matches;
}
