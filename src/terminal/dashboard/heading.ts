import { formatClock, formatNumber } from '../../words/format.js';
import { t } from '../../words/index.js';
import { textWidth } from '../text-width.js';
import type { DashboardModel } from './dashboard-model.js';
import {
  cutLine,
  fillText,
  firstThatFits,
  type Line,
  segment,
  spreadLine,
  titleLine,
  widthOf,
  wrapText,
} from './line.js';

/** Where it listens, and whether it does. In a narrow terminal the address is what stays. */
export function statusLine(model: DashboardModel, width: number): Line {
  const tone = model.draining === undefined ? 'good' : 'warning';
  const state = t(`terminal.dashboard.${model.draining === undefined ? 'running' : 'stopping'}`);
  const rest: Line = [
    segment(`  ${model.url}`, 'strong'),
    ...(model.insecure ? [segment(`  ${t('terminal.dashboard.noKey')}`, 'warning')] : []),
  ];
  const forms: Line[] = [
    [segment(`Meshbar ${model.version}`, 'strong'), segment(`  ● ${state}`, tone), ...rest],
    [segment(`● ${state}`, tone), ...rest],
    [segment('●', tone), ...rest],
    [segment(model.url, 'strong')],
  ];
  const since = t('terminal.dashboard.since', { time: formatClock(model.startedAt) });
  return spreadLine(firstThatFits(forms, width), [segment(since, 'dim')], width);
}

/** Project and the sources of token and key: each on a line of its own where there are rows, else those that fit on one. */
export function sourceLines(model: DashboardModel, rows: number, width: number): Line[] {
  const facts = [
    [t('terminal.dashboard.project'), model.projectId],
    [t('terminal.dashboard.token'), model.upstreamTokenSource],
    [t('terminal.dashboard.localKey'), model.localKeySource],
  ] as const;
  const lineOf = (count: number) =>
    facts
      .slice(0, count)
      .flatMap(([name, value], i) => [...(i > 0 ? [segment('   ')] : []), segment(`${name} `, 'dim'), segment(value)]);
  if (rows < facts.length || widthOf(lineOf(facts.length)) <= width) {
    return [firstThatFits([lineOf(3), lineOf(2), lineOf(1)], width)];
  }
  const indent = Math.max(...facts.map(([name]) => textWidth(name))) + 1;
  return facts.map(([name, value]) => cutLine([segment(fillText(name, indent, 'left'), 'dim'), segment(value)], width));
}

/** How many lines sourceLines() would like. */
export function wantedSourceRows(model: DashboardModel, width: number): number {
  return sourceLines(model, Number.POSITIVE_INFINITY, width).length;
}

export function setupLines(model: DashboardModel, width: number): Line[] {
  return [
    titleLine(t('terminal.dashboard.setup'), [segment(model.shell, 'dim')], width),
    ...model.setup.map((text) => cutLine([segment(text)], width)),
  ];
}

/** Each remark on as many lines as it takes. */
export function remarkLines(model: DashboardModel, width: number): Line[] {
  return model.remarks.flatMap((text) => wrapText(text, width)).map((text) => [segment(text, 'warning')]);
}

export function problemLine({ problem }: DashboardModel, width: number): Line {
  if (!problem) return [];
  const what = { time: formatClock(problem.at), problem: problem.message };
  const text =
    problem.count > 1
      ? t('terminal.dashboard.problemOfMany', { ...what, count: problem.count })
      : t('terminal.dashboard.problem', what);
  return cutLine([segment(text, 'warning')], width);
}

/** What can be pressed, and what the last key did. */
export function footerLine(model: DashboardModel, width: number): Line {
  if (model.draining !== undefined) return drainingLine(model, model.draining, width);
  const keys: Line = model.hasKeys
    ? [
        segment('c', 'accent'),
        segment(` ${t('terminal.dashboard.copySetup')}   `),
        segment('q', 'accent'),
        segment(` ${t('terminal.dashboard.quit')}`),
      ]
    : [segment('Ctrl-C', 'accent'), segment(` ${t('terminal.dashboard.quits')}`)];
  if (!model.notice) return cutLine(keys, width);
  return firstThatFits([[...keys, segment('   '), ...model.notice], model.notice], width);
}

function drainingLine({ underWay }: DashboardModel, drain: number, width: number): Line {
  const count = underWay.filter(({ endedAt }) => endedAt === undefined).length;
  const forms = [
    t('terminal.dashboard.draining', { seconds: formatNumber(drain), count }),
    t('terminal.dashboard.draining.short', { count }),
  ];
  const cut = [segment('Ctrl-C', 'accent'), segment(` ${t('terminal.dashboard.cuts', { count })}`)];
  return firstThatFits(
    forms.map((waiting) => [segment(`${waiting}   `), ...cut]),
    width,
  );
}
