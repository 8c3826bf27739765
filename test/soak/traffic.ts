import WebSocket from 'ws';

/** A stream of random numbers that is the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export interface Target {
  readonly url: string;
  readonly key: string;
}

/** What goes wrong with an exchange, and how often that is, compared to the others. */
const FAULTS = [
  [60, ''],
  [3, 'status=429;retry-after=0'],
  [2, 'status=529;retry-after=0'],
  [1, 'status=400'],
  [3, 'fault=reset;at=mid'],
  [2, 'fault=reset;at=before'],
  [2, 'fault=truncate'],
  [2, 'fault=truncate;how=end'],
  [1, 'fault=error-event'],
  [1, 'fault=garbage'],
  [3, 'fault=close'],
  [3, 'fault=stale'],
  [4, 'encoding=gzip'],
  [4, 'split=7'],
] as const;
/** OpenAI knows no 529. */
const STATUS = { openai: 'status=503', anthropic: 'status=529' } as const;

const MESSAGE = { messages: [{ role: 'user', content: 'Go on.' }] };
const KINDS = [
  [
    '/anthropic/v1/messages',
    ['claude-sonnet-4-6', 'claude-haiku-4-5', 'claude-opus-4-6'],
    { max_tokens: 4096, ...MESSAGE },
  ],
  ['/openai/v1/chat/completions', ['gpt-5.4', 'gpt-5.4-mini', 'gpt-4.1-mini', 'gpt-4o-mini'], MESSAGE],
  ['/openai/v1/responses', ['gpt-5.4', 'gpt-5.4-mini', 'gpt-5.4-nano'], { input: 'Go on.' }],
  ['/openai/v1/embeddings', ['text-embedding-3-small'], { input: 'Go on.' }],
] as const;

/**
 * Sends the exchange of number `n`, which is the version of its user agent and a label on its bill, whatever becomes of
 * it: aborts, resets, refusals that are tried again. Resolves true if its whole answer came.
 */
export async function sendOne(target: Target, n: number, random: () => number): Promise<boolean> {
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const upTo = (most: number) => Math.floor(random() * most);
  if (random() < 0.05) return converse(target, n, upTo(3) + 1, `input=${upTo(40_000)};output=${upTo(900)};reasoning=0`);
  const [path, models, body] = pick(KINDS);
  const provider = path.startsWith('/anthropic') ? 'anthropic' : 'openai';
  const input = path === '/openai/v1/responses' && random() < 0.05 ? 300_000 : 1 + upTo(60_000);
  const cached = Math.floor(random() * input * 0.5);
  const counts = path.includes('embed') ? '' : `input=${input};cached=${cached};output=${upTo(2000)};reasoning=0`;
  const stream = !path.includes('embed') && random() < 0.6;
  const tier = provider === 'openai' && !path.includes('embed') && random() < 0.1 ? { service_tier: 'flex' } : {};
  const leaves = stream && random() < 0.1;
  const fault = faultFor(random(), provider, leaves);
  for (const plan of fault.startsWith('status=4') && !fault.includes('429') ? [fault] : [fault, '']) {
    const status = await exchange({
      target,
      n,
      path,
      plan: [counts, plan, leaves ? 'interval=5;events=40' : ''].filter(Boolean).join(';'),
      body: { model: pick(models), stream, ...body, ...tier },
      leavesAfter: leaves ? upTo(20) : undefined,
    });
    if (status === 200) return true;
    // What was refused for now is tried again; what was cut is not.
    if (status !== 429 && status !== 503 && status !== 529) return false;
  }
  return false;
}

function faultFor(chance: number, provider: 'openai' | 'anthropic', leaves: boolean): string {
  if (leaves) return '';
  let left = chance * FAULTS.reduce((sum, [weight]) => sum + weight, 0);
  for (const [weight, fault] of FAULTS) {
    left -= weight;
    if (left < 0) return fault.replace('status=529', STATUS[provider]);
  }
  return '';
}

interface OneRequest {
  readonly target: Target;
  readonly n: number;
  readonly path: string;
  readonly plan: string;
  readonly body: object;
  /** Milliseconds after the head. */
  readonly leavesAfter: number | undefined;
}

const headersOf = ({ key }: Target, n: number, plan: string) => ({
  authorization: `Bearer ${key}`,
  'content-type': 'application/json',
  'anthropic-version': '2023-06-01',
  'user-agent': `Soak/${n}`,
  'x-meshagent-annotation-soak': String(n),
  'x-simulator': plan,
});

/** The status, once the whole answer is there; 0 where it was cut or left. */
async function exchange({ target, n, path, plan, body, leavesAfter }: OneRequest): Promise<number> {
  const leave = new AbortController();
  try {
    const response = await fetch(target.url + path, {
      method: 'POST',
      headers: headersOf(target, n, plan),
      body: JSON.stringify(body),
      signal: leave.signal,
    });
    if (leavesAfter !== undefined) setTimeout(() => leave.abort(), leavesAfter);
    await response.arrayBuffer();
    return response.status;
  } catch {
    return 0;
  }
}

/** Some responses over one WebSocket. */
function converse(target: Target, n: number, turns: number, plan: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`${target.url.replace('http', 'ws')}/openai/v1/responses`, {
      headers: headersOf(target, n, plan),
    });
    let left = turns;
    const ask = () => socket.send(JSON.stringify({ type: 'response.create', model: 'gpt-5.4-mini', input: 'Go on.' }));
    socket.on('open', ask);
    socket.on('error', () => {});
    socket.on('close', () => resolve(left === 0));
    socket.on('message', (data) => {
      if (JSON.parse(String(data)).type !== 'response.completed') return;
      left -= 1;
      if (left === 0) socket.close();
      else ask();
    });
  });
}
