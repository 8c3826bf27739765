import type { RawUsage, TokenUsage } from '../../shared/usage.js';
import type { Provider } from '../providers/provider.js';
import { largestOf, numbersOf } from '../providers/usage-fields.js';
import { safeReason, safeType } from './error-reason.js';
import { type CapturedValue, JsonScanner, parseCaptured, type WantedKeys } from './json.js';

/** Where providers put what the meter wants, in whole answers and in the events of streams and sockets alike. */
const ANSWER_KEYS: WantedKeys = {
  type: true,
  model: true,
  service_tier: true,
  usage: true,
  tool_usage: true,
  svg_usage: true,
  error: true,
  code: true,
  detail: true,
  message: { model: true, usage: true },
  response: {
    id: true,
    model: true,
    service_tier: true,
    status: true,
    status_details: true,
    usage: true,
    tool_usage: true,
    error: true,
  },
  session: {
    model: true,
    audio: { input: { transcription: { model: true } } },
    input_audio_transcription: { model: true },
  },
  item_id: true,
  event_id: true,
  stream_id: true,
};

const NAME_LIMIT = 200;

export interface ProviderError {
  /** Lower snake case. */
  readonly type: string;
  /** Safe to keep (error-reason.ts). */
  readonly reason?: string | undefined;
}

/** What one JSON document of a provider said, as far as the meter wants it. */
export interface Finding {
  type: string;
  responseId?: string;
  /** Of the response: "completed", "failed", "cancelled", "incomplete". */
  status?: string;
  /** Why it has that status, such as "client_cancelled". */
  statusReason?: string;
  itemId?: string;
  /** An event of the client names itself, an error names the one it is about. */
  eventId?: string;
  /** The lane of a socket that carries several responses at once. */
  streamId?: string;
  model?: string;
  /** The model that transcribes what is said in a realtime session. */
  transcriptionModel?: string;
  serviceTier?: string;
  inferenceGeo?: string;
  usage?: RawUsage;
  error?: ProviderError;
  /** What an error answer of another shape says. */
  message?: string;
}

/** Up to this size a document is kept and parsed whole, which is faster; above it is scanned as it comes. */
const WHOLE_LIMIT_BYTES = 16 * 1024;

/** Reads one document's bytes in pieces; `end()` gives what it held. Reusable. */
export class FindingReader {
  private pieces: Buffer[] = [];
  private size = 0;
  private scanner: JsonScanner | undefined;
  private values = new Map<string, unknown>();

  push(bytes: Buffer): void {
    this.size += bytes.length;
    if (this.scanner === undefined) {
      if (this.size <= WHOLE_LIMIT_BYTES) {
        this.pieces.push(Buffer.from(bytes));
        return;
      }
      this.scan();
    }
    this.scanner?.push(bytes);
  }

  end(): Finding {
    if (this.size === 0) return { type: '' };
    if (this.scanner === undefined) this.parse();
    const { values } = this;
    this.pieces = [];
    this.size = 0;
    this.scanner = undefined;
    if (values.size === 0) return { type: '' };
    this.values = new Map();
    return findingOf(values);
  }

  private parse(): void {
    const [first] = this.pieces;
    const bytes = this.pieces.length === 1 ? (first as Buffer) : Buffer.concat(this.pieces);
    try {
      collect(JSON.parse(bytes.toString('utf8')), ANSWER_KEYS, '', this.values);
    } catch {
      // Cut short, or with something behind it: what stands there is found all the same.
      this.values.clear();
      this.scan();
    }
  }

  private scan(): void {
    // A key that stands twice counts as JSON.parse has it: the last one.
    const scanner = new JsonScanner(ANSWER_KEYS, { onValue: (value) => this.take(value) });
    this.scanner = scanner;
    for (const piece of this.pieces) scanner.push(piece);
    this.pieces = [];
  }

  private take({ path, text }: CapturedValue): void {
    if (text === undefined || text === 'null') this.values.delete(path);
    else this.values.set(path, parseCaptured(text));
  }
}

/** The wanted values of a parsed document, under their dotted paths. */
function collect(value: unknown, wanted: WantedKeys, prefix: string, into: Map<string, unknown>): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
  for (const key in wanted) {
    if (!Object.hasOwn(value, key)) continue;
    const found = (value as Record<string, unknown>)[key];
    const inner = wanted[key];
    if (typeof inner === 'object' && typeof found === 'object') collect(found, inner, `${prefix}${key}.`, into);
    else if (found !== null) into.set(prefix + key, found);
  }
}

function findingOf(values: ReadonlyMap<string, unknown>): Finding {
  const name = (...paths: string[]): string | undefined => {
    for (const path of paths) {
      const value = values.get(path);
      if (typeof value === 'string' && value !== '') return value.slice(0, NAME_LIMIT);
    }
    return undefined;
  };
  const type = name('type') ?? '';
  const message = name('message', 'detail');
  const usage = values.get('response.usage') ?? values.get('message.usage') ?? values.get('usage');
  return {
    type,
    responseId: name('response.id'),
    status: name('response.status'),
    statusReason: fieldOf(values.get('response.status_details'), 'reason'),
    itemId: name('item_id'),
    eventId: type === 'error' ? fieldOf(values.get('error'), 'event_id') : name('event_id'),
    streamId: name('stream_id'),
    model: name('response.model', 'message.model', 'model', 'session.model'),
    transcriptionModel: name('session.audio.input.transcription.model', 'session.input_audio_transcription.model'),
    serviceTier: name('response.service_tier', 'service_tier') ?? tierInUsage(usage),
    inferenceGeo: fieldOf(usage, 'inference_geo'),
    usage: numbersOf(withToolUsage(usage, values)),
    error: errorOf(values),
    message: message === undefined ? undefined : safeReason(message),
  };
}

/** Anthropic puts tier and speed inside the usage. */
function tierInUsage(usage: unknown): string | undefined {
  return fieldOf(usage, 'speed') === 'fast' ? 'fast' : fieldOf(usage, 'service_tier');
}

/** OpenAI reports what hosted tools used beside the usage, not in it. */
function withToolUsage(usage: unknown, values: ReadonlyMap<string, unknown>): unknown {
  const tools = values.get('response.tool_usage') ?? values.get('tool_usage');
  const svg = values.get('svg_usage');
  if (typeof usage !== 'object' || (tools === undefined && svg === undefined)) return usage;
  return { ...usage, tool_usage: tools, svg_usage: svg };
}

function errorOf(values: ReadonlyMap<string, unknown>): ProviderError | undefined {
  const details = values.get('response.status_details');
  const given =
    values.get('response.error') ??
    values.get('error') ??
    (typeof details === 'object' && details !== null && 'error' in details ? details.error : undefined);
  if (typeof given === 'string') return { type: 'error', reason: safeReason(given) };
  if (typeof given === 'object' && given !== null) return errorFrom(given);
  if (values.get('type') !== 'error') return undefined;
  // The Responses API says it in the event itself.
  return errorFrom({ code: values.get('code'), message: values.get('message') });
}

function errorFrom(given: object): ProviderError {
  const type = fieldOf(given, 'code') ?? fieldOf(given, 'type') ?? 'error';
  return { type: safeType(type), reason: safeReason(fieldOf(given, 'message') ?? '') };
}

function fieldOf(value: unknown, key: string): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const field = (value as Record<string, unknown>)[key];
  return typeof field === 'string' && field !== '' ? field : undefined;
}

/** What an exchange has said so far, put together from its findings. */
export class Tally {
  model: string | undefined;
  serviceTier: string | undefined;
  inferenceGeo: string | undefined;
  rawUsage: RawUsage | undefined;
  error: ProviderError | undefined;
  /** What an error answer of a shape that is not the provider's says. */
  message: string | undefined;

  constructor(
    private readonly provider: Provider,
    private readonly path: string,
  ) {}

  add(finding: Finding): void {
    this.model = finding.model ?? this.model;
    this.serviceTier = finding.serviceTier ?? this.serviceTier;
    this.inferenceGeo = finding.inferenceGeo ?? this.inferenceGeo;
    this.error = finding.error ?? this.error;
    this.message = finding.message ?? this.message;
    this.rawUsage = largestOf(this.rawUsage, finding.usage);
  }

  usage(): TokenUsage | undefined {
    return this.rawUsage === undefined ? undefined : this.provider.normalise(this.rawUsage, this.path);
  }
}
