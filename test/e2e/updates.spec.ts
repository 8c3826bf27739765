import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { ask, test as base, expect, proxyIs } from './fixtures.js';
import { electronPath, type LaunchedApp } from './launch.js';

/** What a new AppImage would be: a program. It says that it was started. */
const newProgram = (version: string) => `#!/bin/sh\necho ${version} >"$HOME/started"\n`;

function feedFile(version: string, content = newProgram(version)): string {
  const sha512 = createHash('sha512').update(content).digest('base64');
  const name = `Meshbar-${version}.AppImage`;
  const size = Buffer.byteLength(newProgram(version));
  const file = { url: name, sha512, size };
  // YAML reads JSON.
  return JSON.stringify({ version, files: [file], path: name, sha512, releaseDate: '2026-01-01T00:00:00.000Z' });
}

/** Answers as a feed does: `channels` are what is in each channel's file. */
function feedOf(channels: Readonly<Record<string, string>>, files: 'there' | 'missing' = 'there'): RequestListener {
  return (request, response) => {
    const name = (request.url ?? '').slice(1).replace(/\?.*/, '');
    const version = /^Meshbar-(.+)\.AppImage$/.exec(name)?.[1];
    const body = channels[name] ?? (version && files === 'there' ? newProgram(version) : undefined);
    response.writeHead(body === undefined ? 404 : 200, { 'content-length': Buffer.byteLength(body ?? '') });
    response.end(body);
  };
}

interface Feed {
  readonly url: string;
  answer: RequestListener;
}

const test = base.extend<{ feed: Feed; appImage: string; updatable: () => Promise<LaunchedApp> }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright tells by the pattern what a fixture needs.
  feed: async ({}, use) => {
    const feed = { url: '', answer: feedOf({}) };
    const server = createServer((request, response) => feed.answer(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    feed.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    await use(feed);
    server.closeAllConnections();
    server.close();
  },
  appImage: async ({ home }, use) => {
    const file = path.join(home, 'Meshbar.AppImage');
    await writeFile(file, 'the old version');
    await use(file);
  },
  updatable: async ({ home, feed, appImage, launch }, use) => {
    const config = { provider: 'generic', url: feed.url, updaterCacheDirName: 'meshbar-updater' };
    await writeFile(path.join(home, 'app-update.yml'), JSON.stringify(config));
    await use(() =>
      launch({
        preload: [path.join(import.meta.dirname, 'as-app-image.cjs')],
        env: {
          APPIMAGE: appImage,
          APPDIR: path.dirname(electronPath()),
          MESHBAR_E2E_RESOURCES: home,
          XDG_CACHE_HOME: path.join(home, '.cache'),
        },
      }),
    );
  },
});

test.skip(process.platform !== 'linux', 'an AppImage is of Linux');

async function openAbout({ popover }: LaunchedApp) {
  await ask(popover, 'window:pop-out', undefined);
  await popover.getByRole('navigation').getByRole('button', { name: 'Settings' }).click();
  const said = popover.getByRole('status').filter({ hasText: /version|update/i });
  return {
    async check(words: string | RegExp) {
      // A real click waits for frames, which a window that nobody looks at has once a second.
      await popover.getByRole('button', { name: 'Check for updates' }).dispatchEvent('click');
      await expect(said).toHaveText(words);
    },
    says: (words: string | RegExp) => expect(said).toHaveText(words),
    choose: (channel: 'Releases' | 'Releases and betas') => popover.getByLabel('Updates').selectOption(channel),
  };
}

test('what a feed answers is told as what it is, and an update is installed and started by a click', async ({
  feed,
  updatable,
  appImage,
  home,
}) => {
  const launched = await updatable();
  await proxyIs(launched.popover, 'running');
  const about = await openAbout(launched);
  await about.says('Checks for updates once a day.');
  await about.check('The update server has nothing for this version of Meshbar.');
  feed.answer = feedOf({ 'latest-linux.yml': feedFile('0.0.9') });
  await about.check('You have the latest version.');
  feed.answer = (_request, response) => response.writeHead(500).end('404');
  await about.check('The update server returned an error. Try again later.');
  feed.answer = (_request, response) => response.end('<html>Welcome! Sign in: sha512 404 EACCES</html>');
  await about.check(/^The update server’s answer makes no sense\./);
  feed.answer = (request) => request.socket.destroy();
  await about.check('The update server can’t be reached.');
  feed.answer = feedOf({ 'latest-linux.yml': feedFile('9.0.0') }, 'missing');
  await about.check('The update server does not have the new version’s file. Try again later.');
  feed.answer = feedOf({ 'latest-linux.yml': feedFile('9.0.0', 'something else') });
  await about.check('The update arrived damaged, so it was not installed.');

  feed.answer = feedOf({ 'latest-linux.yml': feedFile('9.0.0') });
  await about.check('Version 9.0.0 is ready to install.');
  const ended = new Promise((resolve) => launched.app.process().once('exit', resolve));
  await launched.popover.getByRole('button', { name: 'Restart and install' }).click();
  await ended;
  expect(await readFile(appImage, 'utf8')).toBe(newProgram('9.0.0'));
  await expect.poll(() => readFile(path.join(home, 'started'), 'utf8').catch(() => '')).toBe('9.0.0\n');
});

test('a feed that is silent is not waited for longer than a minute', async ({ feed, updatable }) => {
  const launched = await updatable();
  await proxyIs(launched.popover, 'running');
  await launched.app.evaluate(() => Object.assign(globalThis, { minuteMs: 300 }));
  feed.answer = () => {};
  await (await openAbout(launched)).check('The update server can’t be reached.');
});

for (const goesBack of [true, false]) {
  test(`a beta that was fetched is ${goesBack ? 'left by who goes back to releases' : 'installed when Meshbar quits'}`, async ({
    feed,
    updatable,
    appImage,
  }) => {
    feed.answer = feedOf({ 'latest-linux.yml': feedFile('0.1.0'), 'beta-linux.yml': feedFile('9.0.0-beta.1') });
    const launched = await updatable();
    await proxyIs(launched.popover, 'running');
    const about = await openAbout(launched);
    await about.choose('Releases and betas');
    await about.says('Version 9.0.0-beta.1 is ready to install.');
    if (goesBack) {
      await about.choose('Releases');
      await about.says('You have the latest version.');
    }
    await launched.close();
    expect(await readFile(appImage, 'utf8')).toBe(goesBack ? 'the old version' : newProgram('9.0.0-beta.1'));
  });
}
