import type { PricedExchange } from '../shared/usage.js';
import { csvCell } from './export.js';
import type { ExportFormat } from './export-formats.js';
import { otelLine } from './export-otel.js';

/** Single records as text, a line each. What is unknown is empty in CSV and null or left out in JSON: never 0. */

interface LineFormat {
  /** What stands above the lines. */
  readonly head: string;
  line(record: PricedExchange): string;
}

const NANO_PER_USD = 1e9;

type Cell = string | number | undefined;
const COLUMNS: readonly (readonly [string, (record: PricedExchange) => Cell])[] = [
  ['id', ({ id }) => id],
  ['started_at', ({ startedAt }) => new Date(startedAt).toISOString()],
  ['provider_name', ({ providerName }) => providerName],
  ['key_id', ({ keyId }) => keyId],
  ['project_id', ({ projectId }) => projectId],
  ['tool', ({ tool }) => tool],
  ['tool_version', ({ toolVersion }) => toolVersion],
  ['method', ({ method }) => method],
  ['path', ({ path }) => path],
  ['transport', ({ transport }) => transport],
  ['streaming', ({ streaming }) => String(streaming)],
  ['status', ({ status }) => status],
  ['outcome', ({ outcome }) => outcome],
  ['sent_twice', ({ sentTwice }) => String(sentTwice === true)],
  ['error_type', ({ errorType }) => errorType],
  ['request_model', ({ requestModel }) => requestModel],
  ['response_model', ({ responseModel }) => responseModel],
  ['service_tier', ({ serviceTier }) => serviceTier],
  ['inference_geo', ({ inferenceGeo }) => inferenceGeo],
  ['standing', ({ standing }) => standing],
  ['input_tokens', ({ usage }) => usage?.inputTokens],
  ['cache_read_input_tokens', ({ usage }) => usage?.cacheReadInputTokens],
  ['cache_creation_input_tokens', ({ usage }) => usage?.cacheCreationInputTokens],
  ['output_tokens', ({ usage }) => usage?.outputTokens],
  ['reasoning_output_tokens', ({ usage }) => usage?.reasoningOutputTokens],
  ['input_characters', ({ usage }) => usage?.inputCharacters],
  ['audio_seconds', ({ usage }) => usage?.audioSeconds],
  ['images', ({ usage }) => usage?.images],
  ['web_searches', ({ usage }) => usage?.webSearches],
  ['cost_usd', ({ cost }) => usd(cost?.costNanoUsd)],
  ['surcharge_usd', ({ cost }) => usd(cost?.surchargeNanoUsd)],
  ['price_list_version', ({ cost }) => cost?.priceListVersion],
  ['time_to_first_chunk_ms', ({ timeToFirstChunkMs }) => timeToFirstChunkMs],
  ['duration_ms', ({ durationMs }) => durationMs],
  ['request_bytes', ({ requestBytes }) => requestBytes],
  ['response_bytes', ({ responseBytes }) => responseBytes],
];

const FORMATS: Readonly<Record<ExportFormat, LineFormat>> = {
  csv: {
    head: `${COLUMNS.map(([name]) => name).join(',')}\r\n`,
    line: (record) => `${COLUMNS.map(([, cellOf]) => csvCell(cellOf(record) ?? '')).join(',')}\r\n`,
  },
  jsonl: { head: '', line: (record) => `${JSON.stringify({ ...record, cost: record.cost ?? null })}\n` },
  otel: { head: '', line: (record) => `${otelLine(record)}\n` },
};

/** Head and lines of an export, piece by piece as the records come. */
export function* exportText(records: Iterable<PricedExchange>, format: ExportFormat): Generator<string> {
  const { head, line } = FORMATS[format];
  if (head !== '') yield head;
  for (const record of records) yield line(record);
}

function usd(nanoUsd: number | undefined): string | undefined {
  return nanoUsd === undefined ? undefined : (nanoUsd / NANO_PER_USD).toFixed(9);
}
