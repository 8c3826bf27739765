import { askLocal } from '../net/ask-local.js';

/** Asks whoever listens there whether it is a Meshbar; undefined if it is something else or does not answer. */
export async function portOwner(host: string, port: number): Promise<{ version: string } | undefined> {
  const answer = await askLocal({ host, port, path: '/healthz', timeoutMs: 1500 });
  return answer.ok ? parseHealth(answer.text) : undefined;
}

function parseHealth(text: string): { version: string } | undefined {
  try {
    const value = JSON.parse(text) as { name?: unknown; version?: unknown };
    return value.name === 'meshbar' && typeof value.version === 'string' ? { version: value.version } : undefined;
  } catch {
    return undefined;
  }
}
