import type { Iteration } from '../providers/provider.js';
import { numbersOf } from '../providers/usage-fields.js';
import type { RawUsage } from '../shared/usage.js';
import { safeReason, safeType } from './error-reason.js';
import { type Calls, callsOf } from './hosted-calls.js';

const NAME_LIMIT = 200;
/** More turns of models than an answer takes. */
const MAX_ITERATIONS = 500;

export interface ProviderError {
  /** Lower snake case. */
  readonly type: string;
  /** Safe to keep (error-reason.ts). */
  readonly reason?: string | undefined;
}

/** What one JSON document of a provider said, as far as the meter wants it. */
export interface DocumentFinding {
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
  /** The usage has counts that are none, which were left out. */
  usageIsFlawed?: boolean;
  /** The turns of the models that worked on the answer, where it says. */
  iterations?: readonly Iteration[];
  /** Why the answer ended, such as "refusal". */
  stopReason?: string;
  /** The answer says nothing at all. */
  isEmpty?: boolean;
  /** Hosted tools that ran, by kind: how many calls of each are in the answer. */
  calls?: Calls;
  error?: ProviderError;
  /** What an error answer of another shape says. */
  message?: string;
}

export type Fields = Record<string, unknown>;

/** Undefined for all but an object. */
export function documentFieldsOf(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
}

function nameOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value.slice(0, NAME_LIMIT) : undefined;
}

/** Of a document, or of what was found of it: only places of ANSWER_KEYS (finding-reader.ts) are looked at. */
export function findingOf(document: unknown): DocumentFinding {
  const top = documentFieldsOf(document);
  if (top === undefined) return { type: '' };
  const response = documentFieldsOf(top.response);
  const message = documentFieldsOf(top.message);
  const session = documentFieldsOf(top.session);
  const type = nameOf(top.type) ?? '';
  const said = nameOf(top.message) ?? nameOf(top.detail);
  const usage = response?.usage ?? message?.usage ?? top.usage ?? undefined;
  let usageIsFlawed = false;
  const reported = withToolUsage(usage, response?.tool_usage ?? top.tool_usage ?? undefined, top.svg_usage);
  const numbers = numbersOf(reported, () => {
    usageIsFlawed = true;
  });
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
    usage: numbers,
    usageIsFlawed,
    iterations: iterationsOf(documentFieldsOf(usage)?.iterations),
    stopReason: fieldOf(top.delta, 'stop_reason') ?? nameOf(top.stop_reason),
    isEmpty: Array.isArray(top.content) && top.content.length === 0,
    calls: callsOf(
      response?.output ?? top.output ?? top.content,
      top.container ?? documentFieldsOf(top.delta)?.container,
    ),
    error: errorOf(top, response),
    message: said === undefined ? undefined : safeReason(said),
  };
}

/** Undefined where there are none. */
function iterationsOf(list: unknown): readonly Iteration[] | undefined {
  if (!Array.isArray(list)) return undefined;
  const found: Iteration[] = [];
  for (const entry of list.slice(0, MAX_ITERATIONS)) {
    const numbers = numbersOf(entry);
    if (numbers) found.push({ type: fieldOf(entry, 'type') ?? '', model: nameOf(fieldOf(entry, 'model')), numbers });
  }
  return found.length === 0 ? undefined : found;
}

function transcriptionModelOf(session: Fields): string | undefined {
  const input = documentFieldsOf(documentFieldsOf(session.audio)?.input);
  return (
    nameOf(documentFieldsOf(input?.transcription)?.model) ??
    nameOf(documentFieldsOf(session.input_audio_transcription)?.model)
  );
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
  const given = response?.error ?? top.error ?? documentFieldsOf(response?.status_details)?.error;
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
