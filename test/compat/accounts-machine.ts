import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import { createKeys, type NewKeyOptions } from '../../src/limits/keys.js';
import { meshbarPaths } from '../../src/settings/paths.js';
import type { NamedKey } from '../../src/shared/keys.js';
import type { PricedExchange } from '../../src/shared/usage.js';
import { englishOf } from '../../src/words/index.js';
import { runHere } from '../helpers/command-here.js';
import { createSignedInHome, type Ended, type Meshbar, runMeshbar, startMeshbar } from '../helpers/terminal.js';
import { waitFor } from '../helpers/wait-for.js';

/** A user's machine with a proxy that runs, and the command beside it. The SDKs try again as they do by themselves. */
export async function startAccounts(options: readonly string[] = []) {
  const { env, simulator } = await createSignedInHome();
  const proxy = startMeshbar(['proxy', '--json', '--port', '0', '--bearer', 'shared', ...options], env);
  const url = await proxy.url();
  const keys = createKeys({
    path: meshbarPaths(env).keys,
    onProblem(problem) {
      throw new Error(englishOf(problem));
    },
  });
  const meshbar = (...args: string[]): Promise<Ended> => runMeshbar(args, env);
  const meshbarHere = (...args: string[]): Promise<Ended> => runHere(args, env);
  return {
    env,
    simulator,
    proxy,
    url,
    meshbar,
    /** In this process. */
    meshbarHere,
    /** Requests to the providers, as they reached the service. */
    forwarded: () => simulator.requests.filter(({ path }) => /^\/(?:openai|anthropic)\//.test(path)),
    openai: (apiKey = 'shared') => new OpenAI({ baseURL: `${url}/openai/v1`, apiKey, defaultHeaders: PLAN }),
    anthropic: (apiKey = 'shared') =>
      new Anthropic({ baseURL: `${url}/anthropic`, apiKey, authToken: null, defaultHeaders: PLAN }),
    /** Made by another process than the proxy's: this one. */
    async createKey(wanted: NewKeyOptions): Promise<NamedKey & { key: string }> {
      const { key, info } = await keys.create(wanted);
      return { key, ...info };
    },
    async recorded(count: number): Promise<PricedExchange[]> {
      await waitFor(() => recordsOf(proxy).length >= count, `${count} records`, 10_000);
      return recordsOf(proxy);
    },
  };
}

const PLAN = { 'X-Simulator': 'input=10000;output=1000' };

function recordsOf(proxy: Meshbar): PricedExchange[] {
  const lines = proxy.stdout.split('\n').slice(0, -1);
  return lines.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as PricedExchange);
}

export const CHAT = { model: 'gpt-5.4', messages: [{ role: 'user' as const, content: 'hello' }] };
export const MESSAGE = { ...CHAT, model: 'claude-sonnet-4-6', max_tokens: 100 };

export async function thrownBy(promise: Promise<unknown>): Promise<Error> {
  return promise.then(
    () => {
      throw new Error('Nothing was thrown.');
    },
    (error: Error) => error,
  );
}
