import { expect, onTestFinished, test, vi } from 'vitest';
import { openDashboard } from '../../../src/terminal/dashboard/open-dashboard.js';
import { proxyOptions } from '../../../src/terminal/proxy-options.js';
import { startProxy } from '../../../src/terminal/start-proxy.js';
import { englishOf } from '../../../src/words/index.js';
import { chat, createSignedInHome, LEDGER_WORKER } from '../../helpers/terminal.js';
import { createTerminal } from '../../helpers/terminal-streams.js';
import { waitFor } from '../../helpers/wait-for.js';

const KEY = 'k3y-of-the-test';

/** A real proxy before the simulator, and a dashboard of it in a terminal of that size. */
async function open(columns: number, rows: number, env: NodeJS.ProcessEnv = {}) {
  const home = await createSignedInHome();
  for (const [name, value] of Object.entries(home.env)) vi.stubEnv(name, value);
  const started = await startProxy(proxyOptions({ port: 0, portIsGiven: true, bearer: KEY, drainSeconds: 0 }), {
    onProblem: (problem) => view.problem(englishOf(problem)),
    ledgerWorker: LEDGER_WORKER,
  });
  const terminal = createTerminal(columns, rows);
  const onStop = vi.fn();
  const view = openDashboard({
    started,
    shell: 'sh',
    drain: 10,
    onStop,
    stdout: terminal.stdout,
    stdin: terminal.stdin,
    env: { PATH: '', ...env },
  });
  onTestFinished(async () => {
    await view.close();
    await started.engine.close();
    vi.unstubAllEnvs();
  });
  const { screen } = terminal;
  return {
    ...terminal,
    view,
    onStop,
    started,
    shows: (pattern: RegExp) =>
      waitFor(() => pattern.test(screen.text), `${pattern} in\n${screen.text}`).catch(() => {
        throw new Error(`${pattern} is not in\n${screen.text}`);
      }),
    chat: (plan: string) => chat({ url: started.proxy.url, key: KEY, plan }),
  };
}

test.each([
  [80, 24],
  [120, 40],
  [200, 50],
  [50, 15],
])('at %i x %i a request is seen as it runs and when it has ended, in the sums too', async (columns, rows) => {
  const { screen, started, shows, chat: send } = await open(columns, rows);
  expect(screen.lines[0]).toContain(started.proxy.url);
  await shows(/Waiting for the first request/);
  const response = await send('events=3;interval=1;input=1200;output=50');
  await response.text();
  await shows(/POST \/v1\/chat.* 200 ok/);
  await shows(/all models +1 /);
  expect(screen.text).toMatch(/gpt-5\.4 /);
  expect(screen.hasScrolled).toBe(false);
  expect(screen.lines).toHaveLength(rows);
});

test('the clock of a running request ticks', async () => {
  const { screen, shows, chat: send } = await open(120, 40);
  const response = await send('events=10;fault=stall;at=2');
  await shows(/answering/);
  const clock = () => /answering +\S+ ms +(\d+) ms/.exec(screen.text)?.[1];
  const first = await waitFor(clock, 'a clock');
  await waitFor(() => clock() !== first, 'the clock ticks');
  await response.body?.cancel();
  await shows(/200 cut/);
});

test('while nothing changes nothing is painted, and nothing waits to be', async () => {
  const { screen, view } = await open(80, 24);
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
  try {
    view.problem('Something happened');
    vi.advanceTimersByTime(1000);
    expect(screen.text).toContain('Something happened');
    const { writes } = screen;
    vi.advanceTimersByTime(60_000);
    expect(screen.writes).toBe(writes);
    expect(vi.getTimerCount()).toBe(0);
  } finally {
    vi.useRealTimers();
  }
});

test('it reflows to a new size', async () => {
  const { screen, resize, shows, chat: send } = await open(120, 40);
  await (await send('events=2')).text();
  await shows(/200 ok/);
  for (const [columns, rows] of [
    [80, 24],
    [50, 15],
    [200, 50],
    [30, 8],
    [120, 40],
  ] as const) {
    resize(columns, rows);
    await waitFor(
      () => screen.lines.at(-1) === (columns < 40 ? 'c copy setup   q quit' : ' c copy setup   q quit'),
      'keys',
    );
    expect(screen.lines[0]).toContain('http://127.0.0.1:');
    expect(screen.text.match(/copy setup/g)).toHaveLength(1);
    expect(screen.text.match(/● running|●/g)).toHaveLength(1);
  }
  expect(screen.hasScrolled).toBe(false);
});

test('c copies the exports with the key, which the screen does not show', async () => {
  const { screen, press, shows } = await open(120, 40);
  await shows(/export OPENAI_API_KEY=k3y-…\n/);
  press('c');
  await shows(/Sent to the terminal \(OSC 52\): paste to check it\./);
  expect(screen.copied).toHaveLength(1);
  expect(screen.copied[0]).toContain(`export OPENAI_API_KEY=${KEY}\n`);
  expect(screen.text).not.toContain(KEY);
});

test('q and Ctrl-C ask to stop; while it stops only Ctrl-C insists', async () => {
  const { press, onStop, view, shows } = await open(120, 40);
  press('q');
  await waitFor(() => onStop.mock.calls.length === 1, 'q');
  view.stopping();
  await shows(/● stopping/);
  press('q');
  press('\u0003');
  await waitFor(() => onStop.mock.calls.length === 2, 'Ctrl-C');
  expect(onStop).toHaveBeenCalledTimes(2);
});

test('a problem has a line of its own, without secrets and control characters', async () => {
  const { screen, view, shows } = await open(80, 24);
  view.problem('It broke: Bearer abcdef123456\u001b[2J');
  await shows(/\d\d:\d\d:\d\d It broke: Bearer \[redacted\] /);
  view.problem('It broke again');
  await shows(/It broke again \(2 problems so far\)/);
  expect(screen.lines[0]).toContain('Meshbar');
});

test('it has a screen of its own and gives the other one back as it was', async () => {
  const { screen, view } = await open(80, 24);
  expect(screen.isAlternate).toBe(true);
  expect(screen.isCursorHidden).toBe(true);
  await view.close();
  expect(screen.isAlternate).toBe(false);
  expect(screen.isCursorHidden).toBe(false);
  expect(screen.text.trim()).toBe('');
});

test('NO_COLOR is respected', async () => {
  const coloured = await open(80, 24, {});
  await coloured.shows(/running/);
  const plain = await open(80, 24, { NO_COLOR: '1' });
  await plain.shows(/running/);
  const colours = (styles: ReadonlySet<string>) => [...styles].filter((style) => /^(3[0-7]|4\d|9\d|10\d)$/.test(style));
  expect(colours(plain.screen.styles)).toEqual([]);
  expect(colours(coloured.screen.styles)).not.toEqual([]);
});
