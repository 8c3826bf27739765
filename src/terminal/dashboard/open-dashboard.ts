import os from 'node:os';
import type { Key } from 'node:readline';
import { redact } from '../../files/secrets.js';
import { growUnderTraffic } from '../../net/v8-memory.js';
import { isNearLimit } from '../../shared/budgets.js';
import { envBlock } from '../../shared/env-block.js';
import { budgetLine } from '../../words/format-budget.js';
import { textOf } from '../../words/index.js';
import { copyFromTerminal } from '../clipboard.js';
import { printProblem, setRestoreScreen } from '../output.js';
import { plainText } from '../plain-text.js';
import { VERSION } from '../version.js';
import type { TerminalView, ViewOptions } from '../view.js';
import type { DashboardModel } from './dashboard-model.js';
import { segment } from './line.js';
import { maskedSetup } from './masked-setup.js';
import { createPainter, REPAINT_MS } from './painter.js';
import { openScreen } from './screen.js';
import { screenLines } from './screen-lines.js';
import { UnderWayList } from './under-way.js';

export interface DashboardOptions extends ViewOptions {
  /** The person wants to stop, or insists. */
  readonly onStop: () => void;
  readonly stdout?: NodeJS.WriteStream;
  readonly stdin?: NodeJS.ReadStream;
  readonly env?: NodeJS.ProcessEnv;
}

/** How long a notice is shown, such as that something was copied. */
const NOTICE_MS = 6000;
const MAX_KEPT = 20;

/** Takes the screen (the alternate one, so that the shell's stays as it was) and keeps it up to date. */
export function openDashboard(options: DashboardOptions): TerminalView {
  const { engine, proxy, usage, remarks } = options.started;
  const { stdout = process.stdout, stdin = process.stdin, env = process.env } = options;
  const underWay = new UnderWayList();
  const hasKeys = Boolean(stdin.isTTY);
  // https://no-color.org
  const hasColours = !env.NO_COLOR;
  const setup = envBlock({ url: proxy.url, localKey: proxy.localKey, shell: options.shell });
  let problem: DashboardModel['problem'];
  let notice: DashboardModel['notice'];
  let noticeUntil = 0;
  let draining: number | undefined;
  let count = 0;
  const problems: string[] = [];

  const painter = createPainter(draw);

  function model(now: number): DashboardModel {
    const recorded = new Set(usage.latest.map(({ id }) => id));
    if (notice && now >= noticeUntil) notice = undefined;
    return {
      version: VERSION,
      url: proxy.url,
      insecure: proxy.insecure,
      // Another project may have been chosen since.
      projectId: plainText(engine.state.status === 'running' ? engine.state.proxy.projectId : proxy.projectId),
      upstreamTokenSource: plainText(withTilde(textOf(proxy.upstreamTokenSource, 'terminal'))),
      localKeySource: plainText(withTilde(textOf(proxy.localKeySource, 'terminal'))),
      startedAt: proxy.startedAt,
      remarks: [...remarks, ...engine.budgets.states.filter(isNearLimit).map(budgetLine).map(plainText)],
      shell: options.shell,
      setup: maskedSetup(proxy, options.shell),
      totals: usage.totals,
      models: usage.models,
      latest: usage.latest,
      underWay: underWay.update(engine.active, (id) => recorded.has(id), now),
      problem,
      notice,
      draining,
      hasKeys,
      now,
    };
  }

  function draw(): void {
    const shown = model(Date.now());
    // Durations of running requests count up.
    if (shown.underWay.length > 0) painter.after(REPAINT_MS);
    if (notice) painter.after(noticeUntil - Date.now());
    screen.draw(screenLines(shown, { columns: stdout.columns, rows: stdout.rows }));
  }

  function showNotice(text: string, tone: 'good' | 'bad' | 'plain'): void {
    notice = [segment(plainText(text), tone)];
    noticeUntil = Date.now() + NOTICE_MS;
    painter.paint();
  }

  function showProblem(message: string): void {
    count += 1;
    if (problems.length < MAX_KEPT) problems.push(message);
    problem = { at: Date.now(), message: plainText(redact(message)), count };
    painter.changed();
  }

  function onKey(character: string | undefined, { name, ctrl }: Key): void {
    if (name === 'c' && ctrl) options.onStop();
    // A second q is a slip of the finger: only Ctrl-C cuts requests.
    else if (character === 'q' && draining === undefined) options.onStop();
    else if (character === 'c') {
      copyFromTerminal(setup, { stdout, env }).then(({ message, worked }) =>
        showNotice(message, worked === undefined ? 'plain' : worked ? 'good' : 'bad'),
      );
    }
  }

  const screen = openScreen({ stdout, stdin, hasColours, onKey });
  painter.paint();
  stdout.on('resize', painter.paint);
  const unsubscribes = [
    engine.onActivity(painter.changed),
    engine.onState(painter.changed),
    usage.onRecords(painter.changed),
    engine.budgets.onChange(painter.changed),
    growUnderTraffic(engine.onActivity),
  ];
  const restoreStderr = divertStderr(showProblem);
  setRestoreScreen(() => {
    restoreStderr();
    screen.close();
  });

  return {
    problem: showProblem,
    stopping() {
      draining = options.drain;
      painter.paint();
    },
    async close() {
      for (const unsubscribe of unsubscribes) unsubscribe();
      stdout.off('resize', painter.paint);
      painter.stop();
      setRestoreScreen(undefined);
      screen.close();
      restoreStderr();
      // They disappeared with the screen, so they are repeated here.
      for (const message of problems) printProblem(message);
    },
  };
}

/** Paths as people write them, which is shorter. */
function withTilde(text: string): string {
  return text.replaceAll(os.homedir(), '~');
}

/** Anything else written there (by a library, by Node itself) would land in the middle of the screen. */
function divertStderr(onText: (text: string) => void): () => void {
  const { stderr } = process;
  if (!stderr.isTTY) return () => {};
  const write = stderr.write;
  stderr.write = (chunk: string | Uint8Array) => {
    const text = (typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString()).trim();
    if (text !== '') onText(text);
    return true;
  };
  return () => {
    stderr.write = write;
  };
}
