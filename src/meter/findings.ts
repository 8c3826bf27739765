import type { UsageReader } from '../providers/provider.js';
import { largestOf, numbersOf } from '../providers/usage-fields.js';
import { type CapturedValue, JsonScanner, parseCaptured, type WantedKeys } from '../shared/json.js';
import type { RawUsage, TokenUsage } from '../shared/usage.js';
import { safeReason, safeType } from './error-reason.js';

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
  /** What the scanner found, in the shape of the document. */
  private found: Fields = {};

  push(bytes: Buffer): void {
    this.size += bytes.length;
    if (this.scanner === undefined) {
      if (this.size <= WHOLE_LIMIT_BYTES) {
        const piece = Buffer.from(bytes);
        // Mostly the only one: a list that is pushed to has room for 17.
        if (this.pieces.length === 0) this.pieces = [piece];
        else this.pieces.push(piece);
        return;
      }
      this.scan();
    }
    this.scanner?.push(bytes);
  }

  end(): Finding {
    if (this.size === 0) return { type: '' };
    const document = this.scanner === undefined ? this.parse() : this.found;
    this.pieces = [];
    this.size = 0;
    this.scanner = undefined;
    this.found = {};
    return findingOf(document);
  }

  private parse(): unknown {
    const [first] = this.pieces;
    const bytes = this.pieces.length === 1 ? (first as Buffer) : Buffer.concat(this.pieces);
    try {
      return JSON.parse(bytes.toString('utf8'));
    } catch {
      // Cut short, or with something behind it: what stands there is found all the same.
      this.scan();
      return this.found;
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
    const keys = path.split('.');
    const last = keys.pop() as string;
    let into = this.found;
    for (const key of keys) {
      const inner = fieldsOf(into[key]) ?? {};
      into[key] = inner;
      into = inner;
    }
    into[last] = parseCaptured(text);
  }
}

type Fields = Record<string, unknown>;

/** Undefined for all but an object. */
function fieldsOf(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
}

function nameOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value.slice(0, NAME_LIMIT) : undefined;
}

/** Of a document, or of what was found of it: only places of ANSWER_KEYS are looked at. */
function findingOf(document: unknown): Finding {
  const top = fieldsOf(document);
  if (top === undefined) return { type: '' };
  const response = fieldsOf(top.response);
  const message = fieldsOf(top.message);
  const session = fieldsOf(top.session);
  const type = nameOf(top.type) ?? '';
  const said = nameOf(top.message) ?? nameOf(top.detail);
  const usage = response?.usage ?? message?.usage ?? top.usage ?? undefined;
  return {
    type,
    responseId: nameOf(response?.id),
    status: nameOf(response?.status),
    statusReason: fieldOf(response?.status_details, 'reason'),
    itemId: nameOf(top.item_id),
    eventId: type === 'error' ? fieldOf(top.error, 'event_id') : nameOf(top.event_id),
    streamId: nameOf(top.stream_id),
    model: nameOf(response?.model) ?? nameOf(message?.model) ?? nameOf(top.model) ?? nameOf(session?.model),
    transcriptionModel: session && transcriptionModelOf(session),
    serviceTier: nameOf(response?.service_tier) ?? nameOf(top.service_tier) ?? tierInUsage(usage),
    inferenceGeo: fieldOf(usage, 'inference_geo'),
    usage: numbersOf(withToolUsage(usage, response?.tool_usage ?? top.tool_usage ?? undefined, top.svg_usage)),
    error: errorOf(top, response),
    message: said === undefined ? undefined : safeReason(said),
  };
}

function transcriptionModelOf(session: Fields): string | undefined {
  const input = fieldsOf(fieldsOf(session.audio)?.input);
  return nameOf(fieldsOf(input?.transcription)?.model) ?? nameOf(fieldsOf(session.input_audio_transcription)?.model);
}

/** Anthropic puts tier and speed inside the usage. */
function tierInUsage(usage: unknown): string | undefined {
  return fieldOf(usage, 'speed') === 'fast' ? 'fast' : fieldOf(usage, 'service_tier');
}

/** OpenAI reports what hosted tools used beside the usage, not in it. */
function withToolUsage(usage: unknown, tools: unknown, svg: unknown): unknown {
  if (typeof usage !== 'object' || (tools === undefined && (svg === undefined || svg === null))) return usage;
  return { ...usage, tool_usage: tools, svg_usage: svg };
}

function errorOf(top: Fields, response: Fields | undefined): ProviderError | undefined {
  const given = response?.error ?? top.error ?? fieldsOf(response?.status_details)?.error;
  if (typeof given === 'string') return { type: 'error', reason: safeReason(given) };
  if (typeof given === 'object' && given !== null) return errorFrom(given);
  if (top.type !== 'error') return undefined;
  // The Responses API says it in the event itself.
  return errorFrom({ code: top.code, message: top.message });
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

  constructor(private readonly usageOf: UsageReader) {}

  add(finding: Finding): void {
    this.model = finding.model ?? this.model;
    this.serviceTier = finding.serviceTier ?? this.serviceTier;
    this.inferenceGeo = finding.inferenceGeo ?? this.inferenceGeo;
    this.error = finding.error ?? this.error;
    this.message = finding.message ?? this.message;
    this.rawUsage = largestOf(this.rawUsage, finding.usage);
  }

  usage(): TokenUsage | undefined {
    return this.rawUsage === undefined ? undefined : this.usageOf(this.rawUsage);
  }
}
