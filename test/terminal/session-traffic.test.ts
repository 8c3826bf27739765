import { utimes, writeFile } from 'node:fs/promises';
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { createSimulator, type RunningSimulator } from '../../src/simulator/index.js';
import { createAuthority } from '../helpers/certificates.js';
import { runHere } from '../helpers/command-here.js';
import { makeHome, type SessionHome, signedIn } from '../helpers/session-home.js';
import { chat, type Meshbar, runMeshbar, startMeshbar } from '../helpers/terminal.js';
import { waitFor } from '../helpers/wait-for.js';

const HOUR = 3_600_000;

let simulator: RunningSimulator;
let home: SessionHome;
let env: Record<string, string>;
beforeEach(async () => {
  simulator = await createSimulator({ rotate: true }).start();
  home = await makeHome();
  env = { PATH: process.env.PATH ?? '', HOME: home.dir, MESHBAR_HOME: path.join(home.dir, 'meshbar') };
});
afterEach(async () => {
  await home.remove();
  await simulator.stop();
});

const key = 'local-key';

/** The built proxy with a session of the simulator's. */
async function start(leftSeconds = 3600, more: Record<string, string> = {}): Promise<{ proxy: Meshbar; url: string }> {
  await home.replace(signedIn(simulator.url, simulator.issueSession(), leftSeconds));
  const proxy = startMeshbar(['proxy', '--no-tui', '--port', '0'], { ...env, ...more });
  return { proxy, url: await proxy.url() };
}

async function statusOf(url: string, plan = ''): Promise<number> {
  const answer = await chat({ url, key, plan });
  await answer.text();
  return answer.status;
}

const savedSession = async () => (await home.json()).users.usr_1.session;
const asks = () => simulator.requests.filter(({ path: asked }) => asked === '/oauth/token').length;
const projectsCalled = () =>
  simulator.requests
    .filter(({ path: asked }) => asked.startsWith('/openai'))
    .map(({ headers }) => headers['meshagent-project-id']);

describe('in mid-traffic', () => {
  test('the token ends: 200 requests, 20 at once, one refresh, none fails', async () => {
    const { url } = await start();
    const statuses: number[] = [];
    let begun = 0;
    const one = async () => {
      while (begun < 200) {
        begun += 1;
        if (begun === 80) simulator.expireAccessTokens();
        statuses.push(await statusOf(url));
      }
    };
    await Promise.all(Array.from({ length: 20 }, one));
    expect(statuses).toEqual(Array.from({ length: 200 }, () => 200));
    expect(simulator.refreshes).toBe(1);
    expect(asks()).toBe(1);
    expect(simulator.violations).toEqual([]);
  });

  test('the refresh token is replaced each time, and never lost', async () => {
    const { url } = await start();
    const seen = new Set([(await savedSession()).refresh_token]);
    for (let round = 1; round <= 2; round++) {
      simulator.expireAccessTokens();
      expect(await Promise.all([statusOf(url), statusOf(url), statusOf(url)])).toEqual([200, 200, 200]);
      seen.add((await savedSession()).refresh_token);
    }
    expect(seen.size).toBe(3);
    expect(simulator.refreshes).toBe(2);
  });

  test('the session is revoked: said once, asked once, and mended by signing in', async () => {
    const { proxy, url } = await start();
    simulator.revoke();
    for (let i = 0; i < 10; i++) expect(await statusOf(url)).toBe(401);
    const refused = await chat({ url, key });
    expect(await refused.json()).toMatchObject({
      error: { code: 'session_expired', message: expect.stringContaining('meshbar login') },
    });
    expect(asks()).toBe(1);
    await proxy.says(/session has ended/, 'stderr');
    expect(proxy.stderr.match(/session has ended/g)).toHaveLength(1);
    await home.replace(signedIn(simulator.url, simulator.issueSession()));
    await waitFor(async () => (await statusOf(url)) === 200, 'the new session', 5000, 50);
  });

  test('the service can not be asked for a new token: a clear 503, then recovery', async () => {
    const { proxy, url } = await start();
    simulator.expireAccessTokens();
    simulator.failTokenEndpoint(1, 'reset');
    await statusOf(url);
    const answer = await chat({ url, key });
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({ error: { code: 'session_offline' } });
    await waitFor(async () => (await statusOf(url)) === 200, 'recovery', 5000, 50);
    await proxy.says(/could not be reached.*\n.*can be reached again/, 'stderr');
  });
});

describe('clocks', () => {
  /** A preloaded clock that SIGUSR2 moves by eight hours, as a night with the lid closed does. */
  async function clockOf(offset: number): Promise<Record<string, string>> {
    const file = path.join(home.dir, 'clock.mjs');
    await writeFile(
      file,
      `let offset = ${offset};
const now = Date.now;
Date.now = () => now() + offset;
process.on('SIGUSR2', () => { offset += ${8 * HOUR}; });\n`,
    );
    return { NODE_OPTIONS: `--import=${pathToFileURL(file).href}` };
  }

  test('a laptop sleeps for eight hours: the session is renewed before anybody asks', async () => {
    const { proxy, url } = await start(3600, await clockOf(0));
    expect(await statusOf(url)).toBe(200);
    simulator.setClockOffset(8 * HOUR);
    proxy.kill('SIGUSR2');
    await waitFor(() => simulator.refreshes === 1, 'a refresh without a request', 5000);
    expect(await statusOf(url)).toBe(200);
    expect(simulator.refreshes).toBe(1);
  });

  test('this machine is three hours behind: the service is believed', async () => {
    const { url } = await start(3600 - 3 * 3600, await clockOf(-3 * HOUR));
    expect(await statusOf(url)).toBe(200);
    simulator.setClockOffset(2 * HOUR);
    expect(await Promise.all([statusOf(url), statusOf(url)])).toEqual([200, 200]);
    expect(simulator.refreshes).toBe(1);
  });
});

describe('the project', () => {
  const isOtherProject = (url: string) => async () => {
    await statusOf(url);
    return projectsCalled().at(-1) === 'prj_second';
  };

  test('changed by the meshagent command, it is the new one from the next request on, without a restart', async () => {
    const { url } = await start();
    await statusOf(url);
    const file = await home.json();
    file.users.usr_1.project.active_project = 'prj_second';
    await home.overwrite(file);
    await waitFor(isOtherProject(url), 'the other project', 5000, 50);
    expect(projectsCalled()[0]).toBe('prj_simulated');
    const status = await runHere(['status', '--json'], env);
    expect(JSON.parse(status.stdout)).toMatchObject({ projectId: 'prj_second' });
  });

  test('changed while a request is in flight, that one keeps its own', async () => {
    const { url } = await start();
    simulator.delayTokenEndpoint(900);
    const inFlight = statusOf(url, 'fault=unauthorized-once;id=keeps');
    await simulator.waitForRequest(({ path: asked }) => asked === '/oauth/token');
    expect(
      (await runHere(['project', 'use', 'prj_second'], { ...env, MESHAGENT_TOKEN: simulator.upstreamToken })).code,
    ).toBe(0);
    expect(await inFlight).toBe(200);
    expect(projectsCalled()).toEqual(['prj_simulated', 'prj_simulated']);
    await waitFor(isOtherProject(url), 'the other project', 5000, 50);
  });

  test('whose proxy the user may not use stops the start, and says whom to ask', async () => {
    simulator.setProject({ id: 'prj_simulated', allowed: false });
    await home.replace(signedIn(simulator.url, simulator.issueSession()));
    const proxy = await runMeshbar(['proxy', '--no-tui', '--port', '0'], env);
    expect(proxy.code).toBe(1);
    expect(proxy.stderr).toMatch(/may not use the LLM proxy.*Simulated project.*owner \(user usr_simulated\)/);
  });
});

test('settings that can not be read are said, left alone, and gone without', async () => {
  await home.replace({});
  await writeFile(home.file, '{"users": ');
  await utimes(home.file, 1, 1);
  const proxy = startMeshbar(['proxy', '--no-tui', '--port', '0'], {
    ...env,
    MESHAGENT_API_URL: simulator.url,
    MESHAGENT_TOKEN: simulator.upstreamToken,
    MESHAGENT_PROJECT_ID: simulator.projectId,
  });
  const url = await proxy.url();
  const [, localKey] = await proxy.says(/OPENAI_API_KEY=(\S+)/);
  expect(proxy.said).toMatch(/generated for this run.*not valid JSON/);
  expect((await chat({ url, key: String(localKey) })).status).toBe(200);
  expect(await home.text()).toBe('{"users": ');
});

test('account and token calls go by way of the company proxy and its certificates', async () => {
  const authority = await createAuthority();
  onTestFinished(authority.remove);
  const service = https.createServer(await authority.issue('DNS:mesh.invalid'), (request, response) => {
    const { method, headers } = request;
    const onward = http.request(new URL(request.url ?? '', simulator.url), { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    request.pipe(onward);
  });
  const tunnels: string[] = [];
  const companyProxy = http.createServer().on('connect', (request, socket) => {
    tunnels.push(request.url ?? '');
    const onward = net.connect(portOf(service), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      onward.pipe(socket).pipe(onward);
    });
    onward.on('error', () => socket.destroy());
    socket.on('error', () => onward.destroy());
  });
  for (const server of [service, companyProxy]) {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      server.close();
      server.closeAllConnections();
    });
  }
  await home.replace(signedIn(`https://mesh.invalid:${portOf(service)}`, simulator.issueSession(), -10));
  const company = { HTTPS_PROXY: `http://127.0.0.1:${portOf(companyProxy)}` };

  const stranger = await runMeshbar(['whoami'], { ...env, ...company });
  expect(stranger.stdout + stranger.stderr, 'an unknown certificate is not taken').toMatch(/TLS|certificate/i);
  expect(simulator.requests).toEqual([]);

  const known = { ...env, NODE_EXTRA_CA_CERTS: authority.file };
  tunnels.length = 0;
  expect(await runMeshbar(['whoami'], { ...known, ...company })).toMatchObject({ code: 0, stderr: '' });
  expect(simulator.requests.map(({ path: asked }) => asked)).toEqual(
    expect.arrayContaining(['/oauth/token', '/accounts/profiles/me', '/accounts/projects']),
  );
  expect(tunnels).toHaveLength(simulator.requests.length);
  // That name is known to the company proxy alone.
  const before = tunnels.length;
  await runMeshbar(['whoami'], { ...known, ...company, NO_PROXY: 'mesh.invalid' });
  expect(tunnels).toHaveLength(before);
});

const portOf = (server: net.Server) => (server.address() as net.AddressInfo).port;

test('Ctrl-C in the middle of a refresh does not lose the new refresh token', async () => {
  await home.replace(signedIn(simulator.url, simulator.issueSession(), -10));
  const before = await savedSession();
  simulator.delayTokenEndpoint(300);
  const whoami = startMeshbar(['whoami'], env);
  await simulator.waitForRequest(({ path: asked }) => asked === '/oauth/token');
  whoami.kill('SIGINT');
  expect((await whoami.ended).code).toBe(130);
  expect((await savedSession()).refresh_token).not.toBe(before.refresh_token);
});

test('profiles: listed, switched, and told when there is none', async () => {
  const file = signedIn(simulator.url, simulator.issueSession());
  file.users.usr_2 = { ...file.users.usr_1, profile: { id: 'usr_2', email: 'b@example.com' }, session: null };
  await home.replace(file);
  const list = await runMeshbar(['profile', 'list'], env);
  expect(list.stdout).toMatch(/^\* ada@example\.com +usr_1 .*signed in$/m);
  expect(list.stdout).toMatch(/^ {2}b@example\.com +usr_2 .*signed out$/m);
  const used = await runMeshbar(['profile', 'use', 'B@example.com'], env);
  const unknown = await runHere(['profile', 'use', 'nobody'], env);
  expect(used).toMatchObject({ code: 0, stderr: expect.stringContaining('signed out') });
  expect(unknown).toMatchObject({ code: 1, stderr: expect.stringContaining('No saved profile') });
  expect((await home.json()).active_user_id).toBe('usr_2');
});
