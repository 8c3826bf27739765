import { useCallback, useRef, useState } from 'react';
import { useStore } from '../../store/use-store.js';
import { useRequests } from '../requests/use-requests.js';
import { BudgetLines } from './BudgetLines.js';
import type { Stretch } from './chart-data.js';
import { NextSteps } from './NextSteps.js';
import { nextStepOf, saysWhy } from './next-step.js';
import { RECENT, RecentRequests } from './RecentRequests.js';
import { SessionLine } from './SessionLine.js';
import { StatusHead } from './StatusHead.js';
import { TodayLine } from './TodayLine.js';
import { stretchWords } from './time-words.js';
import { UsagePanel } from './UsagePanel.js';
import { type Choices, useChoices } from './use-choices.js';
import { useUsageView } from './use-usage-view.js';

/** Is it running, what does it cost, over time, by which model, and what just happened: in this order. */
export function UsageView() {
  const filter = useStore((state) => state.filter);
  const { model, tool } = filter;
  const [choices, setChoices] = useChoices();
  const [stretch, setStretch] = useState<Stretch>();
  const change = useCallback(
    (changes: Partial<Choices>) => {
      if (changes.period) setStretch(undefined);
      setChoices(changes);
    },
    [setChoices],
  );
  const { active, ended, pending } = useRequests({ model, tool, since: stretch?.at, until: stretch?.end }, RECENT);
  const usage = useUsageView(choices, filter);
  const isFiltered = model !== undefined || tool !== undefined || stretch !== undefined;
  const isEmpty = !isFiltered && !pending && active.length + ended.length === 0;
  const step = useStore(({ app }) => app && nextStepOf(app));
  // What keeps somebody with nothing to see from beginning is said in large, and not twice.
  const isReasonBelow = isEmpty && step !== undefined && saysWhy(step);

  // All at once: nothing moves down when the last answer comes. Once begun, it stays through every choice.
  const hasBegun = useRef(false);
  hasBegun.current ||= !pending && (usage.view !== undefined || usage.error !== undefined);
  if (!hasBegun.current) return <StatusHead />;
  return (
    <>
      <StatusHead isReasonBelow={isReasonBelow} />
      <SessionLine />
      <TodayLine />
      <BudgetLines />
      {isEmpty ? (
        <NextSteps />
      ) : (
        <>
          <UsagePanel usage={usage} choices={choices} onChange={change} stretch={stretch} onStretch={setStretch} />
          <RecentRequests
            active={active}
            ended={ended}
            pending={pending}
            filter={[stretch && stretchWords(stretch), model, tool].filter(Boolean).join(', ') || undefined}
          />
        </>
      )}
    </>
  );
}
