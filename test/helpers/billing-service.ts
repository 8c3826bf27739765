import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { type Account, createAccount } from '../../src/session/account.js';
import { createSession } from '../../src/session/create-session.js';
import { DEFAULT_CONFIG } from '../../src/settings/config.js';
import { tempFolder } from './temp-folder.js';

/** A question about usage, as it reached the service. */
export interface UsageQuestion {
  readonly projectId: string;
  /** Unix milliseconds. */
  readonly start: number;
  readonly end: number;
  /** What must have been sent as X-Meshagent-Annotation-Meshbar-Exchange. */
  readonly label: string;
}

export interface UsageLine {
  readonly type: string;
  readonly total: number;
  readonly quantity?: number;
}

/** What the service answers: rows, or a status that is no answer. */
export type AnswerUsage = (question: UsageQuestion) => readonly UsageLine[] | number;

/** A service that answers the usage call as the test says, and an account that asks it; both end with the test. */
export async function startBillingService(
  answer: AnswerUsage,
): Promise<{ account: Account; asked: UsageQuestion[]; close(): Promise<void> }> {
  const asked: UsageQuestion[] = [];
  const server = http.createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://service');
    const [, projectId = ''] = /^\/accounts\/projects\/([^/]+)\/llm-proxy\/usage$/.exec(url.pathname) ?? [];
    const at = (name: string) => Date.parse(url.searchParams.get(name) ?? '');
    const annotations = JSON.parse(url.searchParams.get('annotations') ?? '{}') as Record<string, string>;
    const label = annotations['meshbar-exchange'] ?? '';
    const question = { projectId: decodeURIComponent(projectId), start: at('start'), end: at('end'), label };
    asked.push(question);
    const rows = answer(question);
    const usage =
      typeof rows === 'number' ? [] : rows.map((row) => ({ provider: 'openai', model: 'gpt-5.4-mini', ...row }));
    response.writeHead(typeof rows === 'number' ? rows : 200, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify({ usage }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  const session = createSession({
    config: { ...DEFAULT_CONFIG, apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}` },
    env: { MESHAGENT_TOKEN: 'token' },
    homedir: tempFolder(),
  });
  onTestFinished(async () => {
    await session.close();
    await close();
  });
  return { account: createAccount(session), asked, close };
}
