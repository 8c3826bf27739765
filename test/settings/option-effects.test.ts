/** What each option of `meshbar proxy` changes, seen from outside: by a client, by MeshAgent, in a file. */
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test, vi } from 'vitest';
import { openStore } from '../../src/ledger/store.js';
import { namesWith } from '../../src/settings/table.js';
import { createSimulator } from '../../src/simulator/index.js';
import { createProgram } from '../../src/terminal/program.js';
import { contradictionIn, type ProxyOptions, proxyOptions } from '../../src/terminal/proxy-options.js';
import type { OptionName } from '../../src/terminal/setting-option.js';
import { startProxy } from '../../src/terminal/start-proxy.js';
import { freePort } from '../e2e/launch.js';
import { exchangeRecord } from '../helpers/exchange-record.js';
import { startOtlpReceiver } from '../helpers/otlp-receiver.js';
import { exchange } from '../helpers/raw-client.js';
import { chat, createHome, createSignedInHome, LEDGER_WORKER, MESHBAR, startMeshbar } from '../helpers/terminal.js';
import { hasPty, runInPty } from '../helpers/terminal-pty.js';
import { waitFor } from '../helpers/wait-for.js';

const KEY = 'sesame-open';

/** As commander reads them in the process of the command. */
function optionsOf(args: readonly string[]): ProxyOptions {
  const proxy = createProgram().commands.find((command) => command.name() === 'proxy');
  proxy?.parseOptions(['--port', '0', ...args]);
  return { ...proxyOptions(proxy?.opts() ?? {}), portIsGiven: true };
}

const whatIsWrong = (...args: string[]) => contradictionIn(optionsOf(args), process.env, false);

function stubEnvironment(env: Readonly<Record<string, string>>): void {
  for (const name of Object.keys(process.env)) if (/^MESHAGENT_/.test(name)) vi.stubEnv(name, undefined);
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  onTestFinished(() => void vi.unstubAllEnvs());
}

/** A proxy that was started with these options, before a simulated MeshAgent. */
async function serve(args: readonly string[], { key = ['--bearer', KEY], hasSession = true } = {}) {
  const signedIn = await createSignedInHome();
  const { simulator, home } = signedIn;
  stubEnvironment(hasSession ? signedIn.env : { HOME: home, MESHBAR_HOME: path.join(home, 'meshbar') });
  const options = optionsOf([...key, ...args]);
  expect(contradictionIn(options, process.env, false)).toBeUndefined();
  const started = await startProxy(options, { onProblem: () => {}, ledgerWorker: LEDGER_WORKER });
  onTestFinished(async () => {
    await started.engine.close();
    await started.demo?.close();
  });
  const { url, port } = started.proxy;
  return {
    ...started,
    simulator,
    home,
    url,
    port,
    /** The status that one request gets. */
    async status(wanted = KEY): Promise<number> {
      const answer = await chat({ url, key: wanted });
      await answer.text();
      return answer.status;
    },
    get lastRequest() {
      return simulator.requests.findLast(({ path: asked }) => asked.endsWith('/chat/completions'));
    },
  };
}

/** Sends a request with these fields, and gives its status. */
async function statusWith(port: number, fields: readonly string[]): Promise<number> {
  const answer = await exchange(port, [
    'GET /openai/v1/models HTTP/1.1',
    ...fields,
    `Authorization: Bearer ${KEY}`,
    'Connection: close',
  ]);
  return answer.status;
}

/** How a stream ends that is under way when the proxy is stopped. */
async function streamWhileStopping(...args: string[]): Promise<'whole' | 'cut'> {
  const { engine, url } = await serve(args);
  const answer = await chat({ url, key: KEY, plan: 'events=10;interval=30' });
  const text = answer.text().then(
    (body) => (body.includes('[DONE]') ? ('whole' as const) : ('cut' as const)),
    () => 'cut' as const,
  );
  await engine.stop();
  return text;
}

/** The ledger keeps its file in order ten seconds after the start; here at once. */
const TIDY_AT_ONCE = `data:text/javascript,${encodeURIComponent(
  'const real = setTimeout; globalThis.setTimeout = Object.assign((f, ms, ...a) => real(f, ms === 10_000 ? 20 : ms, ...a), real);',
)}`;

/** How many of these records a proxy with these options leaves in the ledger. */
async function recordsKept(args: readonly string[], count: number, startedAt: (n: number) => number) {
  const { env, home } = await createSignedInHome();
  const file = path.join(home, 'meshbar', 'ledger.sqlite');
  const store = openStore(file, { onSetAside() {}, onProblem() {} });
  store.append(Array.from({ length: count }, (_, n) => exchangeRecord(n, { startedAt: startedAt(n) })));
  store.close();
  const meshbar = startMeshbar(['proxy', '--no-tui', '--port', '0', '--bearer', KEY, ...args], {
    ...env,
    NODE_OPTIONS: `--import=${TIDY_AT_ONCE}`,
  });
  // The thread of the ledger begins with the first request.
  await (await chat({ url: await meshbar.url(), key: KEY })).text();
  const db = new DatabaseSync(file, { readOnly: true });
  onTestFinished(() => db.close());
  return () => Number(db.prepare('SELECT count(*) AS count FROM exchanges').get()?.count);
}

const EFFECTS: Readonly<Record<OptionName, () => Promise<void>>> = {
  async projectId() {
    const { simulator, status, lastRequest: none } = await serve([]);
    expect(none).toBeUndefined();
    await status();
    expect(simulator.requests.at(-1)?.headers['meshagent-project-id']).toBe('prj_simulated');
    const other = simulator.projects.find(({ id }) => id !== 'prj_simulated')?.id ?? '';
    const served = await serve(['--project-id', other]);
    await served.status();
    expect(served.lastRequest?.headers['meshagent-project-id']).toBe(other);
  },
  async port() {
    const port = await freePort();
    await serve(['--port', String(port)]);
    expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200);
  },
  async host() {
    const { url } = await serve(['--host', 'localhost']);
    expect(url).toMatch(/^http:\/\/localhost:\d+$/);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
  },
  async bearer() {
    const { status } = await serve([], { key: ['--bearer', 'another-key'] });
    expect(await status()).toBe(401);
    expect(await status('another-key')).toBe(200);
  },
  async tokenFromEnv() {
    const other = await createSimulator().start();
    onTestFinished(() => other.stop());
    const { accessToken } = other.issueSession();
    vi.stubEnv('TOKEN_OF_MINE', accessToken);
    const { status, simulator } = await serve(['--token-from-env', 'TOKEN_OF_MINE', '--api-url', other.url]);
    await status();
    expect(other.requests.at(-1)?.headers.authorization).toBe(`Bearer ${accessToken}`);
    expect(simulator.requests).toEqual([]);
  },
  async apiUrl() {
    const other = await createSimulator().start();
    onTestFinished(() => other.stop());
    const { status, simulator } = await serve(['--api-url', other.url]);
    await status();
    expect([other.requests.length > 0, simulator.requests.length]).toEqual([true, 0]);
  },
  async insecure() {
    expect(await (await serve([])).status('anything')).toBe(401);
    expect(await (await serve(['--insecure'], { key: [] })).status('anything')).toBe(200);
  },
  async allowInsecureExposure() {
    expect(whatIsWrong('--insecure', '--host', '0.0.0.0')).toMatch(/^--insecure on 0\.0\.0\.0 lets anyone/);
    const exposed = await serve(['--insecure', '--insecure-expose', '--host', '0.0.0.0'], { key: [] });
    expect(await exposed.status('anything')).toBe(200);
  },
  async allowedHosts() {
    const { port } = await serve(['--allow-host', 'box.lan', '--allow-host', 'mill.lan']);
    expect(await statusWith(port, ['Host: elsewhere.lan'])).toBe(403);
    expect(await statusWith(port, ['Host: box.lan'])).toBe(200);
    expect(await statusWith(port, ['Host: mill.lan'])).toBe(200);
  },
  async allowedOrigins() {
    const { port } = await serve(['--allow-origin', 'http://localhost:3000/']);
    expect(await statusWith(port, ['Host: localhost', 'Origin: http://localhost:3001'])).toBe(403);
    expect(await statusWith(port, ['Host: localhost', 'Origin: http://localhost:3000'])).toBe(200);
  },
  async askForUsage() {
    const standings = async (...args: string[]) => {
      const { status, engine } = await serve(args);
      await status();
      return (await engine.ledger.latest({ limit: 10 })).map(({ usageStanding }) => usageStanding);
    };
    expect(await standings()).toEqual(['measured']);
    expect(await standings('--no-ask-usage')).toEqual(['unmetered']);
  },
  async annotateTool() {
    const field = async (...args: string[]) => {
      const served = await serve(args);
      await served.status();
      return served.lastRequest?.headers['x-meshagent-annotation-meshbar-tool'];
    };
    expect(await field()).toBeUndefined();
    expect(await field('--annotate-tool')).toBe('curl');
  },
  async settle() {
    const field = async (...args: string[]) => {
      const served = await serve(args);
      await served.status();
      return served.lastRequest?.headers['x-meshagent-annotation-meshbar-exchange'];
    };
    expect(await field()).toBeUndefined();
    expect(await field('--settle')).toMatch(/^\S+$/);
  },
  async metrics() {
    const page = async (...args: string[]) => {
      const { url } = await serve(args);
      return (await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${KEY}` } })).status;
    };
    expect(await page()).not.toBe(200);
    expect(await page('--metrics')).toBe(200);
  },
  async otlpUrl() {
    const receiver = await startOtlpReceiver();
    const { status, engine } = await serve(['--otlp', receiver.url]);
    await status();
    await engine.close();
    expect(receiver.spans.map(({ name }) => name)).toEqual(['chat gpt-5.4']);
  },
  async allowPlainOtlp() {
    const receiver = await startOtlpReceiver();
    // An address of this machine that is not called loopback.
    const address = `http://0.0.0.0:${receiver.port}`;
    expect(whatIsWrong('--otlp', address)).toMatch(/must be https.*or insist with --otlp-insecure\.$/);
    expect(whatIsWrong('--otlp-insecure')).toMatch(/add --otlp/);
    const { status, engine } = await serve(['--otlp', address, '--otlp-insecure']);
    await status();
    await engine.close();
    expect(receiver.spans).toHaveLength(1);
  },
  async drainSeconds() {
    expect(await streamWhileStopping('--drain', '60')).toBe('whole');
    expect(await streamWhileStopping('--drain', '0')).toBe('cut');
  },
  async retentionDays() {
    const day = 86_400_000;
    const kept = await recordsKept(['--keep-days', '2'], 10, (n) => Date.now() - n * day);
    // Today's, those of the two days before it, and the request.
    await waitFor(() => kept() <= 4, 'older records to go');
  },
  async retentionMegabytes() {
    const kept = await recordsKept(['--keep-size', '1'], 5000, (n) => Date.now() - (5000 - n) * 60_000);
    await waitFor(() => kept() < 4000, 'the oldest records to go');
    expect(kept()).toBeGreaterThan(0);
  },
  async updatePrices() {
    let asked = 0;
    const server = http.createServer((_request, response) => {
      asked += 1;
      response.end('[]');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    await serve([]);
    await serve(['--update-prices', `http://127.0.0.1:${port}/data.json`]);
    await waitFor(() => asked === 1, 'the list to be fetched');
  },
  async tui() {
    if (!hasPty) return;
    const { env } = createHome();
    const run = (...args: string[]) =>
      runInPty(
        [process.execPath, MESHBAR, 'proxy', '--demo', '--port', '0', ...args],
        { ...env, TERM: 'xterm' },
        100,
        30,
      ).screen;
    const dashboard = run('--tui');
    await waitFor(() => dashboard.text.includes('q quit'), 'the dashboard');
    const plain = run('--no-tui');
    await waitFor(() => plain.text.includes('listens on'), 'plain lines');
    expect(plain.text).not.toContain('q quit');
  },
  async json() {
    const { env } = await createSignedInHome();
    const meshbar = startMeshbar(['proxy', '--json', '--port', '0', '--bearer', KEY], env);
    await (await chat({ url: await meshbar.url(), key: KEY })).text();
    await meshbar.says(/\n/, 'stdout');
    expect(JSON.parse(meshbar.stdout)).toMatchObject({ tool: 'curl', status: 200 });
  },
  async demo() {
    const { demo, proxy } = await serve(['--demo'], { hasSession: false, key: [] });
    expect([demo !== undefined, proxy.localKey]).toEqual([true, 'meshbar-demo']);
  },
  async orDemo() {
    expect((await serve(['--or-demo'])).demo).toBeUndefined();
    expect((await serve(['--or-demo'], { hasSession: false })).demo).toBeDefined();
  },
  async shell() {
    const { env } = createHome();
    const meshbar = startMeshbar(['proxy', '--demo', '--port', '0', '--shell', 'fish'], env);
    await meshbar.says(/^set -gx OPENAI_BASE_URL /m, 'stdout');
  },
};

test.each(namesWith('option'))('the option for %s takes effect', async (name) => {
  await EFFECTS[name]();
});

test.each([
  ['MESHBAR_KEEP_DAYS', '2', 'retentionDays', 2],
  ['MESHBAR_KEEP_SIZE', '100', 'retentionMegabytes', 100],
  ['MESHBAR_UPDATE_PRICES', '1', 'updatePrices', true],
] as const)('the variable %s counts where the option is not given', async (variable, text, name, value) => {
  vi.stubEnv(variable, text);
  onTestFinished(() => void vi.unstubAllEnvs());
  const given: Partial<ProxyOptions>[] = [];
  const program = createProgram((code) => {
    throw new Error(`ended with ${code}`);
  });
  program.commands
    .find((command) => command.name() === 'proxy')
    ?.action((options: Partial<ProxyOptions>) => void given.push(options));
  await program.parseAsync(['proxy'], { from: 'user' });
  expect(given[0]?.[name]).toBe(value);
});
