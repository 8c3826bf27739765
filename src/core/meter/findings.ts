import type { RawUsage, TokenUsage } from '../../shared/usage.js';
import type { Provider } from '../providers/provider.js';
import { largestOf, numbersOf } from '../providers/usage-fields.js';
import { type CapturedValue, JsonScanner, parseCaptured, type WantedKeys } from './json.js';

/** Where providers put what the meter wants, in whole answers and in the events of streams alike. */
const ANSWER_KEYS: WantedKeys = {
  type: true,
  model: true,
  service_tier: true,
  usage: true,
  error: true,
  code: true,
  message: { model: true, usage: true, service_tier: true },
  response: { id: true, model: true, usage: true, service_tier: true, error: true },
  session: { model: true },
  item_id: true,
};

const REASON_LIMIT = 200;

/** What one JSON document of a provider said, as far as the meter wants it. */
export interface Finding {
  type: string;
  responseId?: string;
  itemId?: string;
  model?: string;
  serviceTier?: string;
  usage?: RawUsage;
  error?: { type: string; reason?: string };
}

/** Reads one document's bytes in pieces; `end()` gives what it held. Reusable. */
export class FindingReader {
  private scanner: JsonScanner;
  private finding: Finding = { type: '' };

  constructor() {
    this.scanner = this.fresh();
  }

  push(bytes: Buffer): void {
    this.scanner.push(bytes);
  }

  end(): Finding {
    const { finding } = this;
    this.finding = { type: '' };
    this.scanner = this.fresh();
    return finding;
  }

  private fresh(): JsonScanner {
    return new JsonScanner(ANSWER_KEYS, { onValue: (value) => this.take(value) });
  }

  private take({ path, text }: CapturedValue): void {
    if (text === undefined || text === 'null') return;
    const { finding } = this;
    const value = parseCaptured(text);
    const key = path.slice(path.lastIndexOf('.') + 1);
    if (key === 'usage') finding.usage = largestOf(finding.usage, withServiceTier(finding, value));
    else if (key === 'error') finding.error = errorOf(value);
    else if (typeof value !== 'string') return;
    else if (path === 'type') finding.type = value;
    else if (path === 'item_id') finding.itemId = value;
    else if (path === 'response.id') finding.responseId = value;
    else if (key === 'model') finding.model = value.slice(0, 200);
    else if (key === 'service_tier') finding.serviceTier = value.slice(0, 40);
    else if (path === 'code') finding.error ??= { type: errorType(value) };
  }
}

/** Anthropic puts the tier inside the usage. */
function withServiceTier(finding: Finding, usage: unknown): RawUsage | undefined {
  if (
    typeof usage === 'object' &&
    usage !== null &&
    'service_tier' in usage &&
    typeof usage.service_tier === 'string'
  ) {
    finding.serviceTier ??= usage.service_tier.slice(0, 40);
  }
  return numbersOf(usage);
}

function errorOf(value: unknown): Finding['error'] {
  if (typeof value === 'string') return { type: 'error', reason: safeReason(value) };
  if (typeof value !== 'object' || value === null) return undefined;
  const { type, code, message } = value as Record<string, unknown>;
  const name =
    typeof code === 'string' && code !== '' ? code : typeof type === 'string' && type !== '' ? type : 'error';
  return { type: errorType(name), ...(typeof message === 'string' ? { reason: safeReason(message) } : {}) };
}

function errorType(name: string): string {
  return name.replace(/[^\w.-]/g, '_').slice(0, 60);
}

/** A provider's message, bounded, one line, and without anything that looks like a key. */
function safeReason(message: string): string {
  const line = message
    .replace(/\p{Cc}+/gu, ' ')
    .replace(/\b(?:sk|pk|rk|key|Bearer)[-_ ][\w*.-]{6,}/gi, '[redacted]')
    .trim();
  return line.length > REASON_LIMIT ? `${line.slice(0, REASON_LIMIT - 1)}…` : line;
}

/** What an exchange has said so far, put together from its findings. */
export class Tally {
  model: string | undefined;
  serviceTier: string | undefined;
  rawUsage: RawUsage | undefined;
  error: Finding['error'];

  constructor(private readonly provider: Provider) {}

  add(finding: Finding): void {
    this.model = finding.model ?? this.model;
    this.serviceTier = finding.serviceTier ?? this.serviceTier;
    this.error = finding.error ?? this.error;
    this.rawUsage = largestOf(this.rawUsage, finding.usage);
  }

  usage(): TokenUsage | undefined {
    return this.rawUsage === undefined ? undefined : this.provider.normalise(this.rawUsage);
  }
}
