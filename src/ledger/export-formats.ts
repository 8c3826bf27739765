/** csv: a table; jsonl: records as they are kept; otel: spans under OpenTelemetry's names. */
export const EXPORT_FORMATS = ['csv', 'jsonl', 'otel'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];
