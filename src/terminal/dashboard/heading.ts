import { formatClock } from '../../words/format.js';
import type { DashboardModel } from './dashboard-model.js';
import { cutLine, type Line, segment, spreadLine, titleLine, widthOf, wrapText } from './line.js';

/** Where it listens, and whether it does. The address is the last to go. */
export function statusLine(model: DashboardModel, width: number): Line {
  const tone = model.draining === undefined ? 'good' : 'warning';
  const state = model.draining === undefined ? 'running' : 'stopping';
  const rest: Line = [
    segment(`  ${model.url}`, 'strong'),
    ...(model.insecure ? [segment('  no local key', 'warning')] : []),
  ];
  const forms: Line[] = [
    [segment(`Meshbar ${model.version}`, 'strong'), segment(`  ● ${state}`, tone), ...rest],
    [segment(`● ${state}`, tone), ...rest],
    [segment('●', tone), ...rest],
  ];
  const start = forms.find((form) => widthOf(form) <= width) ?? [segment(model.url, 'strong')];
  return spreadLine(start, [segment(`since ${formatClock(model.startedAt)}`, 'dim')], width);
}

/** Project and the sources of token and key: on one line if they fit, else each on its own where there are rows. */
export function sourceLines(model: DashboardModel, rows: number, width: number): Line[] {
  const facts = [
    ['project', model.projectId],
    ['token', model.upstreamTokenSource],
    ['local key', model.localKeySource],
  ] as const;
  const oneLine = facts.flatMap(([name, value], i) => [
    ...(i > 0 ? [segment('   ')] : []),
    segment(`${name} `, 'dim'),
    segment(value),
  ]);
  if (rows < facts.length || widthOf(oneLine) <= width) return [cutLine(oneLine, width)];
  return facts.map(([name, value]) => cutLine([segment(name.padEnd(10), 'dim'), segment(value)], width));
}

/** How many lines sourceLines() would like. */
export function wantedSourceRows(model: DashboardModel, width: number): number {
  return sourceLines(model, Number.POSITIVE_INFINITY, width).length;
}

export function setupLines(model: DashboardModel, width: number): Line[] {
  return [
    titleLine('Setup', [segment(model.shell, 'dim')], width),
    ...model.setup.map((text) => cutLine([segment(text)], width)),
  ];
}

/** Each remark on as many lines as it takes. */
export function remarkLines(model: DashboardModel, width: number): Line[] {
  return model.remarks.flatMap((text) => wrapText(text, width)).map((text) => [segment(text, 'warning')]);
}

export function problemLine({ problem }: DashboardModel, width: number): Line {
  if (!problem) return [];
  const before = problem.count > 1 ? ` (${problem.count} problems so far)` : '';
  return cutLine([segment(`${formatClock(problem.at)} ${problem.message}${before}`, 'warning')], width);
}

/** What can be pressed, and what the last key did. */
export function footerLine(model: DashboardModel, width: number): Line {
  if (model.draining !== undefined) {
    const count = model.underWay.filter(({ endedAt }) => endedAt === undefined).length;
    return cutLine(
      [
        segment(`Waiting up to ${model.draining} s for ${count} request${count === 1 ? '' : 's'} in flight   `),
        segment('Ctrl-C', 'accent'),
        segment(count === 1 ? ' cuts it' : ' cuts them'),
      ],
      width,
    );
  }
  const keys: Line = model.hasKeys
    ? [segment('c', 'accent'), segment(' copy setup   '), segment('q', 'accent'), segment(' quit')]
    : [segment('Ctrl-C', 'accent'), segment(' quits')];
  return cutLine(model.notice ? [...keys, segment('   '), ...model.notice] : keys, width);
}
