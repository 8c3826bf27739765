import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { chat, createSignedInHome, startMeshbar } from '../helpers/terminal.js';

async function startWithStream(plan: string, args: readonly string[] = []) {
  const { env } = await createSignedInHome();
  const meshbar = startMeshbar(['proxy', '--port', '0', '--bearer', 'k', ...args], env);
  const url = await meshbar.url();
  const response = await chat({ url, key: 'k', plan });
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  await reader.read();
  return { meshbar, url, reader, runFile: path.join(env.MESHBAR_HOME as string, 'proxy.json') };
}

async function readAll(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return Buffer.concat(chunks).toString();
    chunks.push(value);
  }
}

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  '%s: no new connection, but the stream under way ends as it should',
  async (signal) => {
    const { meshbar, url, reader, runFile } = await startWithStream('events=40;interval=20');
    meshbar.kill(signal);
    await meshbar.says(/meshbar: Waiting up to 10 s for 1 request in flight; Ctrl-C again cuts it\.\n/, 'stderr');
    await expect(fetch(`${url}/healthz`)).rejects.toThrow();
    expect(await readAll(reader)).toContain('[DONE]');
    const { code, stdout } = await meshbar.ended;
    expect(code).toBe(0);
    expect(stdout).toMatch(/200 complete/);
    expect(stdout).toMatch(/# 1 request · 0 failed · 0 interrupted/);
    expect(existsSync(runFile)).toBe(false);
  },
);

test('a second signal cuts the stream so that the client sees an error, and totals come all the same', async () => {
  const { meshbar, reader } = await startWithStream('events=10;fault=stall;at=5', ['--drain', '600']);
  meshbar.kill('SIGTERM');
  await meshbar.says(/Waiting up to 600 s/);
  const rest = readAll(reader);
  rest.catch(() => {});
  meshbar.kill('SIGINT');
  const { code, stdout } = await meshbar.ended;
  expect(code).toBe(130);
  await expect(rest).rejects.toThrow();
  expect(stdout).toMatch(/# 1 request · 0 failed · 1 interrupted/);
});

test('after --drain seconds what is left is cut', async () => {
  const { meshbar, reader } = await startWithStream('events=10;fault=stall;at=5', ['--drain', '0.3']);
  const rest = readAll(reader);
  rest.catch(() => {});
  meshbar.kill('SIGTERM');
  const { code, stdout } = await meshbar.ended;
  expect(code).toBe(0);
  await expect(rest).rejects.toThrow();
  expect(stdout).toMatch(/1 interrupted/);
});

test('an output that nobody reads any more stops it, but cuts no stream', async () => {
  const { meshbar, url, reader } = await startWithStream('events=60;interval=20');
  meshbar.child.stdout?.destroy();
  // Lines for these find the output closed, again and again.
  await (await chat({ url, key: 'k' })).text();
  await meshbar.says(/Waiting up to 10 s/, 'stderr');
  expect(await readAll(reader)).toContain('[DONE]');
  expect((await meshbar.ended).code).toBe(0);
});

test('with nothing in flight it stops without a word', async () => {
  const { env } = await createSignedInHome();
  const meshbar = startMeshbar(['proxy', '--port', '0', '--bearer', 'k'], env);
  await meshbar.url();
  meshbar.kill('SIGTERM');
  const { code, stdout, stderr } = await meshbar.ended;
  expect(code).toBe(0);
  expect(stderr).toBe('');
  expect(stdout).toMatch(/# 0 requests · 0 failed · 0 interrupted · in – \(cached –\) · out – /);
});

test('the run file of another proxy, which has started since, stays', async () => {
  const { env } = await createSignedInHome();
  const meshbar = startMeshbar(['proxy', '--port', '0', '--bearer', 'k'], env);
  await meshbar.url();
  const runFile = path.join(env.MESHBAR_HOME as string, 'proxy.json');
  const others = JSON.stringify({ ...JSON.parse(readFileSync(runFile, 'utf8')), pid: process.pid });
  writeFileSync(runFile, others);
  meshbar.kill('SIGTERM');
  await meshbar.ended;
  expect(readFileSync(runFile, 'utf8')).toBe(others);
});
