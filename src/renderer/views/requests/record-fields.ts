import { PROVIDERS } from '../../../shared/providers.js';
import type { PricedExchange, RawUsage, Standing, TokenUsage } from '../../../shared/usage.js';
import { formatDuration, UNKNOWN } from '../../../words/format.js';

/** Every field of a record, in words and in the order a person asks for them. Pure. */

interface Field {
  readonly label: string;
  readonly value: string;
  /** Part of the count above it, and already contained there. */
  readonly of?: boolean;
  /** An id, a path, a name: set in monospace. */
  readonly code?: boolean;
}

export interface FieldGroup {
  readonly title: string;
  /** Labels are names of the provider's, not words. */
  readonly isRaw?: boolean;
  readonly fields: readonly Field[];
}

/** What an amount's standing means for whoever reads it. */
const STANDING_WORDS: Readonly<Record<Standing, string>> = {
  measured: 'Measured: the provider reported the usage of the whole exchange.',
  billed: 'Billed: this is what MeshAgent billed for the exchange, and no estimate.',
  partial: 'Partial: the exchange was cut, and these are the counts until then. It cost at least this much.',
  unpriced: 'Unpriced: the usage is known, but no price for it.',
  unmetered: 'Unmetered: it may have cost something, but the provider reported no usage.',
  none: 'Nothing to bill: a list, a count or a refused request.',
};

const OUTCOME_WORDS = {
  complete: 'Complete: the whole answer passed',
  failed: 'Failed: an error answer, or none',
  interrupted: 'Interrupted: cut while the answer was passing',
} as const;

/** `[field, label, of which]` */
const COUNTS: readonly (readonly [keyof TokenUsage, string, boolean])[] = [
  ['inputTokens', 'Input tokens', false],
  ['cacheReadInputTokens', 'of which read from the cache', true],
  ['cacheReadAudioInputTokens', 'of those audio', true],
  ['cacheReadImageInputTokens', 'of those images', true],
  ['cacheCreationInputTokens', 'of which written to the cache', true],
  ['cacheCreation1hInputTokens', 'of those for one hour', true],
  ['cacheCreation12hInputTokens', 'of those for twelve hours', true],
  ['audioInputTokens', 'of which audio', true],
  ['imageInputTokens', 'of which images', true],
  ['outputTokens', 'Output tokens', false],
  ['reasoningOutputTokens', 'of which reasoning', true],
  ['audioOutputTokens', 'of which audio', true],
  ['imageOutputTokens', 'of which images', true],
  ['inputCharacters', 'Input characters', false],
  ['audioSeconds', 'Audio, seconds', false],
  ['images', 'Images made', false],
  ['webSearches', 'Web searches', false],
  ['otherModelTokens', 'Tokens of a second model', false],
];

/** `money` shows nano-USD, all digits that matter. */
export function fieldsOf(record: PricedExchange, money: (nanoUsd: number) => string): readonly FieldGroup[] {
  return [
    { title: 'Exchange', fields: exchangeFields(record) },
    { title: 'Times and sizes', fields: sizeFields(record) },
    { title: 'Tokens', fields: tokenFields(record) },
    { title: record.standing === 'billed' ? 'Cost, billed' : 'Cost, estimated', fields: costFields(record, money) },
    ...(record.rawUsage
      ? [{ title: 'As the provider reported it', isRaw: true, fields: rawFields(record.rawUsage) }]
      : []),
  ];
}

function exchangeFields(record: PricedExchange): Field[] {
  return [
    { label: 'Outcome', value: OUTCOME_WORDS[record.outcome] },
    ...known('Reason', record.errorReason),
    ...known('Error type', record.errorType, true),
    ...known('Sent', record.sentTwice ? sentTwiceText(record) : undefined),
    { label: 'Status', value: record.status?.toString() ?? `${UNKNOWN} (the client left first)` },
    { label: 'Tool', value: record.tool },
    { label: 'Tool version', value: record.toolVersion ?? UNKNOWN },
    { label: 'Provider', value: PROVIDERS[record.providerName].title },
    { label: 'Model asked for', value: record.requestModel ?? UNKNOWN, code: true },
    { label: 'Model that answered', value: record.responseModel ?? UNKNOWN, code: true },
    { label: 'Service tier', value: record.serviceTier ?? UNKNOWN },
    { label: 'Inference region', value: record.inferenceGeo ?? UNKNOWN },
    { label: 'Method and path', value: `${record.method} ${record.path}`, code: true },
    { label: 'Transport', value: record.transport === 'websocket' ? 'WebSocket' : 'HTTP' },
    { label: 'Streaming', value: record.streaming ? 'yes' : 'no' },
    { label: 'Project', value: record.projectId ?? UNKNOWN, code: true },
    { label: 'Id', value: record.id, code: true },
  ];
}

function sentTwiceText({ standing }: PricedExchange): string {
  return standing === 'billed' ? 'twice: the cost is that of both' : 'twice: may have been billed twice';
}

function sizeFields(record: PricedExchange): Field[] {
  return [
    { label: 'Started', value: formatMoment(record.startedAt) },
    { label: 'First chunk after', value: formatDuration(record.timeToFirstChunkMs) },
    { label: 'Duration', value: formatDuration(record.durationMs) },
    { label: 'Request', value: formatBytes(record.requestBytes) },
    { label: 'Answer', value: formatBytes(record.responseBytes) },
  ];
}

/** The two totals always, whatever else is known. */
function tokenFields({ usage, usageStanding }: PricedExchange): Field[] {
  const counts = COUNTS.flatMap(([name, label, of]): Field[] => {
    const count = usage?.[name];
    if (count === undefined && name !== 'inputTokens' && name !== 'outputTokens') return [];
    return [{ label, value: count?.toLocaleString('en-US') ?? UNKNOWN, ...(of ? { of } : {}) }];
  });
  return [...counts, { label: 'Standing', value: STANDING_WORDS[usageStanding] }];
}

function costFields({ cost, standing, usageStanding }: PricedExchange, money: (nanoUsd: number) => string): Field[] {
  const atLeast = standing === 'partial' ? '≥ ' : '';
  const shown = (nanoUsd: number | undefined) => (nanoUsd === undefined ? UNKNOWN : atLeast + money(nanoUsd));
  return [
    { label: standing === 'billed' ? 'Usage' : 'At list price', value: shown(cost?.costNanoUsd) },
    { label: 'Surcharge of MeshAgent', value: shown(cost?.surchargeNanoUsd) },
    { label: 'Total', value: shown(cost && cost.costNanoUsd + cost.surchargeNanoUsd) },
    ...(standing === 'billed' ? [] : [{ label: 'Price list', value: cost?.priceListVersion ?? UNKNOWN, code: true }]),
    ...(standing === usageStanding ? [] : [{ label: 'Standing', value: STANDING_WORDS[standing] }]),
  ];
}

/** Nested objects by their path: "input_tokens_details.cached_tokens". */
function rawFields(raw: RawUsage, prefix = ''): Field[] {
  return Object.entries(raw).flatMap(([name, value]) =>
    typeof value === 'number'
      ? [{ label: prefix + name, value: value.toLocaleString('en-US'), code: true }]
      : rawFields(value, `${prefix}${name}.`),
  );
}

function known(label: string, value: string | undefined, code = false): Field[] {
  return value === undefined ? [] : [{ label, value, ...(code ? { code } : {}) }];
}

/** 2026-09-21 14:32:08.123, local time. */
export function formatMoment(at: number): string {
  const date = new Date(at);
  const two = (value: number) => String(value).padStart(2, '0');
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-');
  const time = [date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':');
  return `${day} ${time}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}

/** 950 B, 48.1 kB, 1.9 MB: thousands, as transfers are counted. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 999_950) return `${(bytes / 1000).toFixed(1)} kB`;
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

/** $0.00412345: nano-USD without digits that are noise. */
export function formatExactUsd(nanoUsd: number): string {
  const text = (nanoUsd / 1e9).toFixed(9).replace(/0+$/, '');
  const [whole, digits = ''] = text.split('.');
  return `$${whole}.${digits.padEnd(2, '0')}`;
}
