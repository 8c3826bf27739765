import * as z from 'zod/mini';
import { askProxy } from '../net/ask-local.js';
import { STATUS_PATH } from '../proxy/route.js';

/**
 * What a running proxy says of itself to whoever knows its local key, at `GET /meshbar/status`. Fields may be added;
 * those that are here stay.
 */
const PROXY_STATUS = z.object({
  version: z.string(),
  pid: z.number(),
  url: z.string(),
  /** Unix milliseconds. */
  startedAt: z.number(),
  projectId: z.string(),
  /** Requests that have not ended. */
  inFlight: z.number(),
  /** Requests that have ended and are not in the ledger yet; a proxy of an older version does not tell. */
  unrecorded: z.optional(z.number()),
  /** How the session stands: a `status` of SessionState. */
  session: z.string(),
  /** In a person's words; never the token itself. */
  upstreamTokenSource: z.string(),
  /** As in shared/overhead.ts; what is not known is left out. */
  overhead: z.object({
    added: z.optional(z.object({ requests: z.number(), p50Ms: z.number(), p95Ms: z.number() })),
    rssBytes: z.number(),
    cpuPercent: z.optional(z.number()),
  }),
});

export type ProxyStatus = z.infer<typeof PROXY_STATUS>;

const TIMEOUT_MS = 1500;

/** Asks the proxy at `url`; undefined if it does not answer, or is of a version that can't. Never rejects. */
export async function askStatus({
  url,
  localKey,
}: {
  url: string;
  localKey: string;
}): Promise<ProxyStatus | undefined> {
  const answer = await askProxy(url, { path: STATUS_PATH, localKey, timeoutMs: TIMEOUT_MS });
  return answer.ok && answer.status === 200 ? parseStatus(answer.text) : undefined;
}

function parseStatus(text: string): ProxyStatus | undefined {
  try {
    const parsed = z.safeParse(PROXY_STATUS, JSON.parse(text));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
